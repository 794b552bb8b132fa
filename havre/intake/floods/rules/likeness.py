"""Whether two texts say nearly the same, told from keyed digests of their words alone.

A sketch is the smallest digests of a text's runs of three words. Nobody can read the text from it,
and without the key nobody can try texts against it.
"""

import re
from hashlib import blake2b
from heapq import nsmallest

RUN_WORDS = 3
SKETCH_DIGESTS = 24
DIGEST_BYTES = 8
# Shorter texts are alike by chance: "he asked me to meet" is what many children would write.
FEWEST_WORDS = 12
MOST_WORDS = 4_000
ALIKE = 0.8
_WORD = re.compile(r"\w+")

Sketch = tuple[bytes, ...]


def sketch_of(text: str, key: bytes) -> Sketch:
    """The sketch of a text; empty when it is too short to say anything."""
    words = _WORD.findall(text.casefold())[:MOST_WORDS]
    if len(words) < FEWEST_WORDS:
        return ()
    runs = {" ".join(words[at : at + RUN_WORDS]) for at in range(len(words) - RUN_WORDS + 1)}
    digests = (blake2b(run.encode(), digest_size=DIGEST_BYTES, key=key).digest() for run in runs)
    return tuple(sorted(digests)[:SKETCH_DIGESTS])


def are_alike(one: Sketch, other: Sketch) -> bool:
    """Whether two texts say nearly the same. Quick to say no: most texts share hardly a word."""
    shared = len({*one}.intersection(other))
    if shared < ALIKE * max(len(one), len(other)):
        return False  # the likeness is at most this share
    return likeness(one, other) >= ALIKE


def likeness(one: Sketch, other: Sketch) -> float:
    """How much of what two texts say is the same, from 0 to 1, as far as their sketches tell."""
    if not one or not other:
        return 0.0
    smallest = nsmallest(SKETCH_DIGESTS, {*one, *other})
    both = set(one) & set(other)
    return sum(digest in both for digest in smallest) / len(smallest)

"""What makes a report look as if no person had written it. Then it waits apart, and is still read.

Nothing here refuses anything, and nothing here is shown to whoever sends.
"""

import re
from collections.abc import Collection

# More links than this, with hardly a word between them, is how advertisements look.
MANY_LINKS = 4
WORDS_FOR_EACH_LINK = 6
# A text that says the same over and over.
MANY_LINES = 6
MOST_ALIKE = 0.34
_LINK = re.compile(r"(?:https?://|www\.)([^\s/<>]{3,253})[^\s<>]*", re.IGNORECASE)
_WORD = re.compile(r"\w+")


def looks_made_by_a_machine(text: str, *, hiding: Collection[str]) -> bool:
    """Whether a text reads like an advertisement or a flood rather than like a person.

    `hiding` are hosts whose links hide where they lead.
    """
    hosts = [host.lower().removeprefix("www.") for host in _LINK.findall(text)]
    words = len(_WORD.findall(_LINK.sub(" ", text)))
    if len(hosts) > MANY_LINKS and words < WORDS_FOR_EACH_LINK * len(hosts):
        return True
    if any(host in hiding for host in hosts) and words < WORDS_FOR_EACH_LINK:
        return True
    lines = [" ".join(line.split()).casefold() for line in text.splitlines() if line.strip()]
    return len(lines) >= MANY_LINES and len(set(lines)) <= MOST_ALIKE * len(lines)

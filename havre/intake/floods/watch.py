"""How much comes from one network, and how often the same words: kept in memory for a day at most.

No address is kept, here or anywhere: a network is known by a keyed digest, and the key is made at
random each day, never stored, and gone with the process. Each web process counts for itself.
Nothing here refuses anybody: what is too much waits apart, and is still read.
"""

import hmac
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import chain
from threading import Lock

from havre.agencies.rules.slowing import network_of
from havre.intake.floods.rules.likeness import Sketch, are_alike, sketch_of
from havre.plumbing import clock, ids

# More from one network in this time is a flood. A school or a shelter shares one network.
WINDOW = timedelta(minutes=10)
MOST_FROM_A_NETWORK = 10
# A text that came this often before, within the day, is a flood of its own.
MOST_ALIKE = 5
MOST_NETWORKS = 50_000
MOST_TEXTS = 5_000
# Texts that share a digest, as many as are looked at.
MOST_NEAR = 32
KEY_BYTES = 32
# The digests of a sketch by which texts like it are looked for.
FEELERS = 4


@dataclass(slots=True)
class Watch:
    """One day's counts of one process."""

    day: date
    key: bytes = field(default_factory=lambda: ids.random_bytes(KEY_BYTES))
    networks: OrderedDict[bytes, tuple[datetime, int]] = field(default_factory=OrderedDict)
    texts: OrderedDict[Sketch, int] = field(default_factory=OrderedDict)
    by_digest: dict[bytes, set[Sketch]] = field(default_factory=dict)

    def came_from(self, address: str, now: datetime) -> int:
        """How many came from an address's network in this window, with this one."""
        network = hmac.digest(self.key, network_of(address).encode(), "sha256")
        since, count = self.networks.pop(network, (now, 0))
        since, count = (since, count + 1) if now - since < WINDOW else (now, 1)
        self.networks[network] = since, count
        while len(self.networks) > MOST_NETWORKS:
            self.networks.popitem(last=False)
        return count

    def said_before(self, text: str) -> int:
        """How many texts of this day were nearly this one, counted no further than it matters."""
        sketch = sketch_of(text, self.key)
        if not sketch:
            return 0
        before = 0
        for other in self._near(sketch):
            if are_alike(sketch, other):
                before += self.texts[other]
            if before >= MOST_ALIKE:
                break
        self._remember(sketch)
        return before

    def _near(self, sketch: Sketch) -> list[Sketch]:
        # A flood of texts that differ in a word each must not make every next one dearer.
        near = (self.by_digest.get(digest, ()) for digest in sketch[:FEELERS])
        return list(dict.fromkeys(chain.from_iterable(near)))

    def _remember(self, sketch: Sketch) -> None:
        self.texts[sketch] = self.texts.pop(sketch, 0) + 1
        for digest in sketch[:FEELERS]:
            known = self.by_digest.setdefault(digest, set())
            if len(known) < MOST_NEAR:
                known.add(sketch)
        while len(self.texts) > MOST_TEXTS:
            oldest, _ = self.texts.popitem(last=False)
            for digest in oldest[:FEELERS]:
                self.by_digest.get(digest, set()).discard(oldest)
                if not self.by_digest.get(digest):
                    self.by_digest.pop(digest, None)


_lock = Lock()
_kept: list[Watch] = []


def is_flood(address: str, text: str) -> bool:
    """Count a report that comes, and say whether there are too many like it. Never a refusal."""
    now = clock.now()
    with _lock:
        watch = _of_the_day(now)
        is_much = watch.came_from(address, now) > MOST_FROM_A_NETWORK
        return watch.said_before(text) >= MOST_ALIKE or is_much


def forget() -> None:
    """Forget every count, and the key they were made with."""
    with _lock:
        _kept.clear()


def _of_the_day(now: datetime) -> Watch:
    if not _kept or _kept[0].day != now.date():
        _kept[:] = [Watch(now.date())]
    return _kept[0]

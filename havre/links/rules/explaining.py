"""How much a shared identifier is worth, and how to say so. Rare is strong; common is noise.

A link is a reason to read two reports together. It is never a finding about a person.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import log2

from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import PersonRole
from havre.links.rules.weights import tenths_of, version

HUB_REPORTS = 100
"""A value in more reports than this is a crowd's (a carrier's address, a help line): it may
support a link found otherwise, and never makes one."""
HUB_TENTHS = 2
MOST_HUBS = 3

STRONG_TENTHS = 60
POSSIBLE_TENTHS = 20


class Strength(StrEnum):
    """How strong a link is, as a word: numbers of bits are for the record, not for judging."""

    POSSIBLE = "possible"
    STRONG = "strong"
    WEAK = "weak"


class Tie(StrEnum):
    """What two reports may have in common. Suspect means a reported or unnamed person."""

    MATERIAL = "material"
    PLACE = "place"
    REPORTER = "reporter"
    SUSPECT = "suspect"
    VICTIM = "victim"
    WITNESS = "witness"


MOST_PROTECTED_FIRST = (
    (PersonRole.VICTIM, Tie.VICTIM),
    (PersonRole.REPORTER, Tie.REPORTER),
    (PersonRole.WITNESS, Tie.WITNESS),
)
PREFERRED = (Tie.SUSPECT, Tie.VICTIM, Tie.REPORTER, Tie.WITNESS, Tie.MATERIAL, Tie.PLACE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """One value that two reports share. `shown` is what the reader may see of it, or "".

    `roles` and `fields` are (left, right): whose it is in each report, and where it stood.
    `seen_in` counts the distinct reports that hold it, these two among them. `coherent` says
    whether those mostly share something else with this one too; None while too few can tell.
    `near` marks two values that only resemble each other. `key` tells values apart that are shown
    masked; it is never shown.
    """

    kind: str
    shown: str
    roles: tuple[str, str]
    seen_in: int
    fields: tuple[str, str]
    coherent: bool | None = None
    near: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A shared value with its weight, in tenths of a bit so that the sum is exact."""

    shared: Shared
    tie: Tie
    tenths: int
    hub: bool = False

    @property
    def bits(self) -> float:
        """The weight in bits, to one decimal."""
        return self.tenths / 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One thing the explanation says: a code, and the kind and count that go into it."""

    code: str
    kind: str = ""
    reports: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why two reports are tied: `tenths` is exactly the sum over `evidence`.

    `beside` is what else they share that says nothing about this tie (the same reporter, beside
    the same suspect); `ignored` are values too common to count at all. `rarity` is how rare all
    that they share is among all reports, in tenths of a bit: of links worth the same, it says
    which to read first.
    """

    version: str
    tie: Tie | None
    tenths: int
    strength: Strength
    evidence: tuple[Evidence, ...]
    beside: tuple[Evidence, ...]
    ignored: tuple[Evidence, ...]
    pieces: tuple[Piece, ...]
    rarity: int

    @property
    def bits(self) -> float:
        """The score in bits, to one decimal."""
        return self.tenths / 10


def tie_of(shared: Shared) -> Tie | None:
    """What this value can tie two reports by; None when it is the platform's own.

    A value that is a victim's, a reporter's or a witness's in either report never ties suspects.
    """
    if PersonRole.SERVICE in shared.roles:
        return None
    for role, tie in MOST_PROTECTED_FIRST:
        if role in shared.roles:
            return tie
    by_kind = {Kind.FILE_HASH: Tie.MATERIAL, Kind.POSTAL_CODE: Tie.PLACE}
    return by_kind.get(Kind(shared.kind), Tie.SUSPECT)


def explain(shared: Sequence[Shared], *, reports_in_all: int) -> Explanation:
    """Why two reports are tied by what they share, strongest reason first.

    Raises ValueError when a value is said to stand in more reports than there are.
    """
    weighed = [_weighed(value, reports_in_all) for value in _once(shared)]
    rows = [row for row in weighed if row is not None]
    totals: dict[Tie, list[Evidence]] = defaultdict(list)
    for row in rows:
        if not row.hub:
            totals[row.tie].append(row)
    counted = {tie: _repeats_halved(group) for tie, group in totals.items()}
    hubs = [row for row in rows if row.hub]
    whole = {
        tie: (*group, *[row for row in hubs if row.tie is tie][:MOST_HUBS])
        for tie, group in counted.items()
    }
    tie = max(whole, key=lambda t: (_sum(whole[t]), -PREFERRED.index(t)), default=None)
    evidence = whole[tie] if tie else ()
    ignored = tuple(replace(row, tenths=0) for row in hubs if row not in evidence)
    total = _sum(evidence)
    return Explanation(
        version=version(),
        tie=tie,
        tenths=total,
        strength=_strength(total),
        evidence=evidence,
        beside=tuple(row for other, group in counted.items() if other is not tie for row in group),
        ignored=ignored,
        pieces=_pieces(tie, evidence, ignored),
        rarity=sum(round(10 * log2(reports_in_all / row.shared.seen_in)) for row in rows),
    )


def _weighed(shared: Shared, reports_in_all: int) -> Evidence | None:
    if not 1 <= shared.seen_in <= reports_in_all:
        msg = f"{shared.seen_in} of {reports_in_all} reports cannot share a value"
        raise ValueError(msg)
    tie = tie_of(shared)
    if tie is None:
        return None
    tenths = tenths_of(
        Kind(shared.kind),
        seen_in=shared.seen_in,
        roles=shared.roles,
        coherent=shared.coherent,
        part=_part(shared),
    )
    crowd = shared.seen_in > HUB_REPORTS and shared.coherent is not True
    if crowd or tenths == 0:
        return Evidence(shared=shared, tie=tie, tenths=HUB_TENTHS, hub=True)
    return Evidence(shared=shared, tie=tie, tenths=tenths)


def _part(shared: Shared) -> str:
    if shared.near:
        return "near-handle"
    return "bare-handle" if shared.kind == Kind.HANDLE and shared.shown[:1] == ":" else ""


def _once(shared: Iterable[Shared]) -> list[Shared]:
    """Each value once: said twice in a report, it is still one reason."""
    seen: dict[tuple[str, str, Tie | None], Shared] = {}
    masked = []
    for value in shared:
        if value.shown:
            seen.setdefault((value.kind, value.shown, tie_of(value)), value)
        else:
            masked.append(value)
    return [*seen.values(), *masked]


def _repeats_halved(group: list[Evidence]) -> tuple[Evidence, ...]:
    """Strongest first; a second value of one kind counts half, for it is not independent."""
    ordered = sorted(group, key=lambda row: (-row.tenths, row.shared.kind, row.shared.shown))
    kinds: set[str] = set()
    counted = []
    for row in ordered:
        again = row.shared.kind in kinds
        counted.append(replace(row, tenths=row.tenths // 2) if again else row)
        kinds.add(row.shared.kind)
    return tuple(sorted(counted, key=lambda row: -row.tenths))


def _sum(rows: Iterable[Evidence]) -> int:
    return sum(row.tenths for row in rows)


def _strength(tenths: int) -> Strength:
    if tenths >= STRONG_TENTHS:
        return Strength.STRONG
    return Strength.POSSIBLE if tenths >= POSSIBLE_TENTHS else Strength.WEAK


def _pieces(
    tie: Tie | None, evidence: Iterable[Evidence], ignored: Iterable[Evidence]
) -> tuple[Piece, ...]:
    said = [Piece(code=f"tie-{tie}")] if tie else [Piece(code="no-tie")]
    for code, rows in (
        ("same", (row for row in evidence if not (row.hub or row.shared.near))),
        ("near", (row for row in evidence if row.shared.near and not row.hub)),
        ("hub-counts-little", (row for row in evidence if row.hub)),
        ("hub-ignored", ignored),
    ):
        said += [Piece(code=code, kind=row.shared.kind, reports=row.shared.seen_in) for row in rows]
    return tuple(said)

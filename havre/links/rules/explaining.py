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

VERSION = "links/2026.11"

HUB_REPORTS = 100
"""A value in more reports than this is a crowd's (a carrier's address, a help line): it may
support a link found otherwise, and never makes one."""
HUB_TENTHS = 2
MOST_HUBS = 3

STRONG_TENTHS = 60
POSSIBLE_TENTHS = 20

SMALLEST_WORLD = 1_000
"""Among few reports everything is shared by a large part of them, so rarity is reckoned as in a
thousand. It stops a young tipline from calling every link weak."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What sharing a value of one kind counts for: a part of its rarity, within two bounds."""

    percent: int
    least_tenths: int
    most_tenths: int


WORTH = {
    Kind.ACCOUNT: Worth(percent=120, least_tenths=60, most_tenths=140),
    Kind.ADDRESS: Worth(percent=40, least_tenths=2, most_tenths=40),
    Kind.BANK: Worth(percent=100, least_tenths=60, most_tenths=120),
    Kind.BIRTH_DATE: Worth(percent=20, least_tenths=1, most_tenths=15),
    Kind.CRYPTO: Worth(percent=100, least_tenths=60, most_tenths=120),
    Kind.DEVICE: Worth(percent=100, least_tenths=60, most_tenths=120),
    Kind.EMAIL: Worth(percent=100, least_tenths=60, most_tenths=120),
    Kind.FILE_HASH: Worth(percent=70, least_tenths=10, most_tenths=80),
    Kind.GROUP: Worth(percent=40, least_tenths=2, most_tenths=40),
    Kind.HANDLE: Worth(percent=80, least_tenths=30, most_tenths=100),
    Kind.IP: Worth(percent=50, least_tenths=2, most_tenths=60),
    Kind.NAME: Worth(percent=20, least_tenths=1, most_tenths=15),
    Kind.PERSON: Worth(percent=60, least_tenths=20, most_tenths=60),
    Kind.PHONE: Worth(percent=100, least_tenths=60, most_tenths=120),
    Kind.PLATE: Worth(percent=80, least_tenths=30, most_tenths=80),
    Kind.POSTAL_CODE: Worth(percent=20, least_tenths=1, most_tenths=15),
    Kind.SCHOOL: Worth(percent=20, least_tenths=1, most_tenths=15),
    Kind.SERVER: Worth(percent=60, least_tenths=10, most_tenths=60),
    Kind.URL: Worth(percent=50, least_tenths=2, most_tenths=60),
}
"""First priors, ordered as a calibration on generated reports gave them: a direct means of contact
is nearly always one person's, a name on a platform mostly, a network address only while rare."""
NAME_WITHOUT_PLATFORM = Worth(percent=40, least_tenths=5, most_tenths=40)

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
    `seen_in` counts the distinct reports that hold it, these two among them.
    """

    kind: str
    shown: str
    roles: tuple[str, str]
    seen_in: int
    fields: tuple[str, str]


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
    the same suspect); `ignored` are values too common to count at all.
    """

    version: str
    tie: Tie | None
    tenths: int
    strength: Strength
    evidence: tuple[Evidence, ...]
    beside: tuple[Evidence, ...]
    ignored: tuple[Evidence, ...]
    pieces: tuple[Piece, ...]

    @property
    def bits(self) -> float:
        """The score in bits, to one decimal."""
        return self.tenths / 10


@dataclass(frozen=True, slots=True)
class Wording:
    """How one language speaks of a kind: the value shared, and the crowd's value."""

    same: str
    crowds: str


KINDS_IN = {
    "en": {
        Kind.ACCOUNT: Wording("same account number", "an account number"),
        Kind.ADDRESS: Wording("same street address", "a street address"),
        Kind.BANK: Wording("same bank account", "a bank account"),
        Kind.BIRTH_DATE: Wording("same date of birth", "a date of birth"),
        Kind.CRYPTO: Wording("same cryptocurrency address", "a cryptocurrency address"),
        Kind.DEVICE: Wording("same device", "a device number"),
        Kind.EMAIL: Wording("same e-mail address", "an e-mail address"),
        Kind.FILE_HASH: Wording("same file", "a file"),
        Kind.GROUP: Wording("same group", "a group"),
        Kind.HANDLE: Wording("same username", "a username"),
        Kind.IP: Wording("same IP address", "an IP address"),
        Kind.NAME: Wording("same name", "a name"),
        Kind.PERSON: Wording("same name and date of birth", "a name with a date of birth"),
        Kind.PHONE: Wording("same phone number", "a phone number"),
        Kind.PLATE: Wording("same licence plate", "a licence plate"),
        Kind.POSTAL_CODE: Wording("same postal code", "a postal code"),
        Kind.SCHOOL: Wording("same school", "a school"),
        Kind.SERVER: Wording("same server or game", "a server or game"),
        Kind.URL: Wording("same web address", "a web address"),
    },
    "fr": {
        Kind.ACCOUNT: Wording("même numéro de compte", "un numéro de compte partagé"),
        Kind.ADDRESS: Wording("même adresse municipale", "une adresse municipale partagée"),
        Kind.BANK: Wording("même compte bancaire", "un compte bancaire partagé"),
        Kind.BIRTH_DATE: Wording("même date de naissance", "une date de naissance partagée"),
        Kind.CRYPTO: Wording(
            "même adresse de cryptomonnaie", "une adresse de cryptomonnaie partagée"
        ),
        Kind.DEVICE: Wording("même appareil", "un numéro de série partagé"),
        Kind.EMAIL: Wording("même adresse courriel", "une adresse courriel partagée"),
        Kind.FILE_HASH: Wording("même fichier", "un fichier partagé"),
        Kind.GROUP: Wording("même groupe", "un groupe partagé"),
        Kind.HANDLE: Wording("même pseudo", "un pseudo partagé"),
        Kind.IP: Wording("même adresse IP", "une adresse IP partagée"),
        Kind.NAME: Wording("même nom", "un nom partagé"),
        Kind.PERSON: Wording(
            "mêmes nom et date de naissance", "un nom avec date de naissance partagé"
        ),
        Kind.PHONE: Wording("même numéro de téléphone", "un numéro de téléphone partagé"),
        Kind.PLATE: Wording(
            "même plaque d\u2019immatriculation", "une plaque d\u2019immatriculation partagée"
        ),
        Kind.POSTAL_CODE: Wording("même code postal", "un code postal partagé"),
        Kind.SCHOOL: Wording("même école", "une école partagée"),
        Kind.SERVER: Wording("même serveur ou jeu", "un serveur ou jeu partagé"),
        Kind.URL: Wording("même adresse Web", "une adresse Web partagée"),
    },
}
PHRASES_IN = {
    "en": {
        "and": " and ",
        "hub-counts-little": "{crowds} shared by {reports} counts for little",
        "hub-ignored": "{crowds} shared by {reports} does not count",
        "many": "{n} reports",
        "no-tie": "nothing ties these two reports",
        "one": "{n} report",
        "same": "{same} (in {reports})",
        "thousands": ",",
        "tie-reporter": "perhaps the same reporter: ",
        "tie-victim": "perhaps the same victim: ",
        "tie-witness": "perhaps the same witness: ",
    },
    "fr": {
        "and": " et ",
        "hub-counts-little": "{crowds} par {reports} compte peu",
        "hub-ignored": "{crowds} par {reports} ne compte pas",
        "many": "{n} signalements",
        "no-tie": "rien ne relie ces deux signalements",
        "one": "{n} signalement",
        "same": "{same} (dans {reports})",
        "thousands": "\u00a0",
        "tie-reporter": "peut-être la même personne qui signale\u00a0: ",
        "tie-victim": "peut-être la même victime\u00a0: ",
        "tie-witness": "peut-être le même témoin\u00a0: ",
    },
}
"""The explanation's own small table: it is stored with the link and printed in disclosure, so it
must read the same whatever catalogue a later version ships."""


def weight(reports_sharing: int, reports_in_all: int) -> float:
    """Bits of surprise in sharing a value this common. Raises ValueError on impossible counts."""
    if not 1 <= reports_sharing <= reports_in_all:
        msg = f"{reports_sharing} of {reports_in_all} reports cannot share a value"
        raise ValueError(msg)
    return log2(reports_in_all / reports_sharing)


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
        version=VERSION,
        tie=tie,
        tenths=total,
        strength=_strength(total),
        evidence=evidence,
        beside=tuple(row for other, group in counted.items() if other is not tie for row in group),
        ignored=ignored,
        pieces=_pieces(tie, evidence, ignored),
    )


def sentence(explanation: Explanation, language: str) -> str:
    """The explanation in a sentence or two, in "en" or "fr"; it names no value, only kinds."""
    phrases = PHRASES_IN[language]
    said = [_piece(piece, language) for piece in explanation.pieces if piece.code == "same"]
    opening = phrases.get(explanation.pieces[0].code, "")
    *firsts, last = said or [""]
    listed = phrases["and"].join(part for part in (", ".join(firsts), last) if part)
    hubs = [_piece(piece, language) for piece in explanation.pieces if piece.code.startswith("hub")]
    return " ".join(f"{part[0].upper()}{part[1:]}." for part in (opening + listed, *hubs))


def _piece(piece: Piece, language: str) -> str:
    phrases = PHRASES_IN[language]
    wording = KINDS_IN[language][Kind(piece.kind)]
    n = f"{piece.reports:,}".replace(",", phrases["thousands"])
    reports = phrases["one" if piece.reports == 1 else "many"].format(n=n)
    template = phrases[piece.code]
    return template.format(same=wording.same, crowds=wording.crowds, reports=reports)


def _weighed(shared: Shared, reports_in_all: int) -> Evidence | None:
    tie = tie_of(shared)
    surprise = weight(shared.seen_in, reports_in_all)
    if tie is None:
        return None
    if shared.seen_in > HUB_REPORTS:
        return Evidence(shared=shared, tie=tie, tenths=HUB_TENTHS, hub=True)
    if reports_in_all < SMALLEST_WORLD:
        surprise = weight(shared.seen_in, SMALLEST_WORLD)
    bare = shared.kind == Kind.HANDLE and shared.shown.startswith(":")
    worth = NAME_WITHOUT_PLATFORM if bare else WORTH[Kind(shared.kind)]
    tenths = round(surprise * worth.percent / 10)
    return Evidence(
        shared=shared, tie=tie, tenths=min(max(tenths, worth.least_tenths), worth.most_tenths)
    )


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
        ("same", (row for row in evidence if not row.hub)),
        ("hub-counts-little", (row for row in evidence if row.hub)),
        ("hub-ignored", ignored),
    ):
        said += [Piece(code=code, kind=row.shared.kind, reports=row.shared.seen_in) for row in rows]
    return tuple(said)

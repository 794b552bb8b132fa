"""The directory as data: who works with us, where, and whom to call in an emergency.

The two data files are written by hand, a source and a date on every row. Regions are two-letter
codes of provinces and territories, CA for the whole country, and X- before a country abroad (X-NL
is the Netherlands, NL is Newfoundland and Labrador), X-ALL for the whole world.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from havre.agencies.rules.words import AgencyKind

PROVINCES = frozenset(
    ["AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"]
)
COUNTRY = "CA"

AGENCY_COLUMNS = (
    "code",
    "name_en",
    "name_fr",
    "kind",
    "legal_type",
    "regions",
    "languages",
    "contact",
    "after_hours",
    "is_national_centre",
    "is_default_for",
    "source",
    "as_of",
)
EMERGENCY_COLUMNS = (
    "region",
    # Where in the region it answers: a community's names, parted by "|"; empty for all of it.
    "community",
    "name_en",
    "name_fr",
    "number",
    "note_en",
    "note_fr",
    "source",
    "as_of",
)

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ABROAD = re.compile(r"X-([A-Z]{2}|ALL)")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_NUMBER = re.compile(r"[0-9_]+(-[0-9_]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyRow:
    """One body we work with. `default_for` are the regions it is the first to be asked in."""

    code: str
    name_en: str
    name_fr: str
    kind: AgencyKind
    legal_type: str
    regions: tuple[str, ...]
    default_for: tuple[str, ...]
    languages: tuple[str, ...]
    contact: str
    after_hours: str
    is_national_centre: bool
    source: str
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyRow:
    """A number to call, and where it answers. A blank in it (___) is told of in the note."""

    region: str
    community: str
    name_en: str
    name_fr: str
    number: str
    note_en: str
    note_fr: str
    source: str
    as_of: date


def read_agencies(text: str) -> tuple[AgencyRow, ...]:
    """The agencies of a data file (CSV text). Raises ValueError naming the line at fault."""
    rows: list[AgencyRow] = []
    codes: set[str] = set()
    asked_first: dict[str, str] = {}
    for line, cells in _lines(text, AGENCY_COLUMNS):
        row = _agency(cells, line)
        if row.code in codes:
            raise _fault(line, f"the code {row.code!r} is already taken")
        codes.add(row.code)
        for region in row.default_for:
            other = asked_first.setdefault(region, row.code)
            if other != row.code:
                raise _fault(line, f"{other!r} is already the first to be asked in {region}")
        rows.append(row)
    return tuple(rows)


def read_emergency(text: str) -> tuple[EmergencyRow, ...]:
    """The emergency numbers of a data file (CSV text). Raises ValueError naming the line."""
    rows: list[EmergencyRow] = []
    for line, cells in _lines(text, EMERGENCY_COLUMNS):
        _refuse_blank(cells, line, ("region", "name_en", "name_fr", "number", "source"))
        if cells["region"] not in PROVINCES | {COUNTRY}:
            raise _fault(line, f"no region {cells['region']!r}")
        if not _NUMBER.fullmatch(cells["number"]):
            raise _fault(line, f"no phone number: {cells['number']!r}")
        if bool(cells["note_en"]) != bool(cells["note_fr"]):
            raise _fault(line, "a note in one language only")
        as_of = _date(cells["as_of"], line)
        rows.append(
            EmergencyRow(**{name: cells[name] for name in EMERGENCY_COLUMNS[:-1]}, as_of=as_of)
        )
    return tuple(rows)


def first_level(rows: Iterable[AgencyRow], region: str) -> AgencyRow:
    """The agency asked first in a region, and the national default where none is."""
    asked_first = {place: row for row in rows for place in row.default_for}
    return asked_first.get(region, asked_first[COUNTRY])


def numbers_for(
    rows: Iterable[EmergencyRow], region: str, town: str = ""
) -> tuple[EmergencyRow, ...]:
    """Whom to call in a region: its own numbers first, then those of the whole country.

    Where a town has a number of its own, that one comes before all, and other towns' are left out.
    """
    listed = tuple(rows)
    own = tuple(row for row in listed if row.region == region != COUNTRY)
    here = tuple(row for row in own if is_in(row, town))
    if here:
        own = here + tuple(row for row in own if not row.community)
    return own + tuple(row for row in listed if row.region == COUNTRY)


def is_in(row: EmergencyRow, town: str) -> bool:
    """Whether a number answers in a town in particular, however its name is typed."""
    typed = _plain(town)
    return bool(typed) and any(
        re.search(rf"\b{re.escape(_plain(name))}\b", typed)
        for name in row.community.split("|")
        if name
    )


def community_of(region: str, typed: str) -> str:
    """The community that was typed and has a number of its own, by its first name in the data.

    "" where none was. Never anything that somebody typed.
    """
    found = (row for row in shipped_emergency_numbers() if row.region == region)
    return next((row.community.partition("|")[0] for row in found if is_in(row, typed)), "")


def _plain(name: str) -> str:
    lower = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c for c in lower if not unicodedata.combining(c)).split())


def shipped_agencies() -> tuple[AgencyRow, ...]:
    """The agencies of the data file that comes with Havre."""
    return read_agencies(_page("agencies.csv"))


@cache
def shipped_emergency_numbers() -> tuple[EmergencyRow, ...]:
    """The emergency numbers of the data file that comes with Havre."""
    return read_emergency(_page("emergency.csv"))


def _page(name: str) -> str:
    return files("havre.agencies").joinpath("data", name).read_text(encoding="utf-8")


def _lines(text: str, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(text.splitlines(), strict=True)
    if tuple(reader.fieldnames or ()) != columns:
        raise _fault(1, f"the columns are not {', '.join(columns)}")
    for cells in reader:
        if None in cells or None in cells.values():
            raise _fault(reader.line_num, f"not {len(columns)} cells")
        yield reader.line_num, {name: cell.strip() for name, cell in cells.items()}


def _agency(cells: dict[str, str], line: int) -> AgencyRow:
    _refuse_blank(cells, line, ("code", "name_en", "name_fr", "legal_type", "regions", "source"))
    if not _CODE.fullmatch(cells["code"]):
        raise _fault(line, f"no code: {cells['code']!r}")
    if cells["kind"] not in set(AgencyKind):
        raise _fault(line, f"no kind {cells['kind']!r}")
    if cells["is_national_centre"] not in {"yes", "no"}:
        raise _fault(line, "is_national_centre is yes or no")
    regions, default_for = cells["regions"].split(), cells["is_default_for"].split()
    for region in (*regions, *default_for):
        if region not in PROVINCES | {COUNTRY} and not _ABROAD.fullmatch(region):
            raise _fault(line, f"no region {region!r}")
    if not set(default_for) <= set(regions):
        raise _fault(line, "asked first in a region that is not its own")
    languages = cells["languages"].split()
    if not languages or not all(map(_LANGUAGE.fullmatch, languages)):
        raise _fault(line, f"no languages: {cells['languages']!r}")
    return AgencyRow(
        code=cells["code"],
        name_en=cells["name_en"],
        name_fr=cells["name_fr"],
        kind=AgencyKind(cells["kind"]),
        legal_type=cells["legal_type"],
        regions=tuple(regions),
        default_for=tuple(default_for),
        languages=tuple(languages),
        contact=cells["contact"],
        after_hours=cells["after_hours"],
        is_national_centre=cells["is_national_centre"] == "yes",
        source=cells["source"],
        as_of=_date(cells["as_of"], line),
    )


def _refuse_blank(cells: dict[str, str], line: int, names: tuple[str, ...]) -> None:
    for name in names:
        if not cells[name]:
            raise _fault(line, f"{name} is blank")


def _date(text: str, line: int) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _fault(line, f"as_of is no date: {text!r}") from None


def _fault(line: int, reason: str) -> ValueError:
    return ValueError(f"line {line}: {reason}")

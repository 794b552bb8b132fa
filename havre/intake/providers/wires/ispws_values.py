"""What one value on the provider wire may be. Each check answers "" or the reason it is refused.

Source: the public documentation and schema of the CyberTipline reporting API.
"""

import ipaddress
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain

from havre.intake.rules.submission import Moment, Precision

Check = Callable[[str, datetime], str]


def _codes(page: str) -> frozenset[str]:
    return frozenset(page.split())


INCIDENT_TYPES = (
    "Child Pornography (possession, manufacture, and distribution)",
    "Child Sex Trafficking",
    "Child Sex Tourism",
    "Child Sexual Molestation",
    "Misleading Domain Name",
    "Misleading Words or Digital Images on the Internet",
    "Online Enticement of Children for Sexual Acts",
    "Unsolicited Obscene Material Sent to a Child",
)
US_STATES = _codes(
    "AA AE AK AL AP AR AS AZ CA CO CT DC DE FL FM GA GU HI IA ID IL IN KS KY LA MA MD ME MH MI "
    "MN MO MP MS MT NC ND NE NH NJ NM NV NY OH OK OR PA PR PW RI SC SD TN TX UM UT VA VI VT WA "
    "WI WV WY"
)
# ISO 3166-1, and the codes that networks use for places that are no country.
COUNTRIES = _codes(
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ "
    "BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM "
    "DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS "
    "GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN "
    "KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ "
    "MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM "
    "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV "
    "SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI "
    "VN VU WF WS YE YT ZA ZM ZW A1 A2 AN AP CS EU O1 XK"
)
MOST_URL = 2083
MOST_LOCAL_PART = 64
MOST_EMAIL = 255
MOST_AGE = 150
MOST_PORT = 65535
MOST_LONG = 2**63 - 1

_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>.]+(\.[^\s@<>.]+)*")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+")
_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?", re.ASCII
)
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(Z|[+-]\d\d:\d\d)?", re.ASCII)
_DIGITS = re.compile(r"[+-]?[0-9]{1,19}")
_DECIMAL = re.compile(r"[+-]?(\d{1,20}(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)


def as_boolean(text: str | None) -> bool | None:
    """An xs:boolean, or None where there is none."""
    return {"true": True, "1": True, "false": False, "0": False}.get((text or "").strip())


def as_datetime(text: str) -> datetime | None:
    """An xs:dateTime with its zone, in UTC; None where that is not what it is."""
    found = _MOMENT.fullmatch(text.strip())
    if found is None or found[3] is None:
        return None
    try:
        moment = datetime.fromisoformat(f"{found[1]}{(found[2] or '')[:7]}{found[3]}")
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def has_no_zone(text: str) -> bool:
    """Whether this is a date and time that only lacks its zone."""
    found = _MOMENT.fullmatch(text.strip())
    return found is not None and found[3] is None


def as_moment(text: str) -> Moment:
    """A time as we keep it: in UTC, with the sender's own zone, and as it was said."""
    found, moment = _MOMENT.fullmatch(text.strip()), as_datetime(text)
    if found is None or moment is None:
        return Moment(said=text)
    at = moment.isoformat().replace("+00:00", "Z")
    return Moment(at=at, precision=Precision.EXACT, zone=found[3], said=text)


def as_day(text: str) -> date | None:
    """An xs:date, or None."""
    found = _DAY.fullmatch(text.strip())
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Text:
    """Any text, up to so many characters."""

    most: int | None = None
    blank: bool = True

    def __call__(self, value: str, _now: datetime) -> str:
        """Nothing, or the reason."""
        if not self.blank and not value.strip():
            return "must not be blank"
        if self.most is not None and len(value) > self.most:
            return f"has {len(value)} characters; at most {self.most} are allowed"
        return ""


@dataclass(frozen=True, slots=True)
class Word:
    """One of the words of the wire."""

    words: frozenset[str]
    listed: str

    def __call__(self, value: str, _now: datetime) -> str:
        """Nothing, or the reason."""
        return "" if value.strip() in self.words else f"must be {self.listed}"


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number in a range."""

    least: int
    most: int

    def __call__(self, value: str, _now: datetime) -> str:
        """Nothing, or the reason."""
        digits = value.strip()
        if _DIGITS.fullmatch(digits) and self.least <= int(digits) <= self.most:
            return ""
        return f"must be a whole number from {self.least} to {self.most}"


@dataclass(frozen=True, slots=True)
class Pattern:
    """Text of a certain shape."""

    shape: re.Pattern[str]
    reason: str

    def __call__(self, value: str, _now: datetime) -> str:
        """Nothing, or the reason."""
        return "" if self.shape.fullmatch(value.strip()) else self.reason


def text(most: int | None = None, *, blank: bool = True) -> Check:
    """Any text, up to so many characters."""
    return Text(most, blank)


def word(allowed: Iterable[str], *, what: str = "") -> Check:
    """One of the words of the wire."""
    words = tuple(allowed)
    return Word(frozenset(words), what or "one of " + ", ".join(one or '""' for one in words))


def number(least: int, most: int) -> Check:
    """A whole number in a range."""
    return Number(least, most)


def pattern(shape: str, reason: str) -> Check:
    """Text of a certain shape."""
    return Pattern(re.compile(shape, re.ASCII), reason)


def boolean(value: str, _now: datetime) -> str:
    """True or false."""
    return "must be true or false" if as_boolean(value) is None else ""


def flag(value: str, _now: datetime) -> str:
    """A flag: empty or true. Whoever would say false leaves it out."""
    return "" if not value.strip() or as_boolean(value) else "must be empty or true"


def past(value: str, now: datetime) -> str:
    """A moment in the past, with its zone."""
    if has_no_zone(value):
        return "must end with a time zone: Z or an offset such as -05:00"
    moment = as_datetime(value)
    if moment is None:
        return "must be a date and time such as 2026-11-01T10:00:00Z"
    return "must be in the past" if moment > now else ""


def past_day(value: str, now: datetime) -> str:
    """A day in the past."""
    day = as_day(value)
    if day is None:
        return "must be a date such as 2010-11-01"
    return "must be in the past" if day > now.astimezone(UTC).date() else ""


def email(value: str, _now: datetime) -> str:
    """A well-formed e-mail address."""
    address = value.strip()
    if len(address) > MOST_EMAIL:
        return f"has {len(address)} characters; at most {MOST_EMAIL} are allowed"
    if not _EMAIL.fullmatch(address):
        return "is not a well-formed e-mail address"
    if len(address.partition("@")[0]) > MOST_LOCAL_PART:
        return f"has more than {MOST_LOCAL_PART} characters before the @"
    return ""


def url(value: str, _now: datetime) -> str:
    """A URL without blanks."""
    if len(value) > MOST_URL:
        return f"has {len(value)} characters; at most {MOST_URL} are allowed"
    return "" if _URL.fullmatch(value) else "must be a URL, with its scheme and without blanks"


def address(value: str, _now: datetime) -> str:
    """An IPv4 or IPv6 address."""
    try:
        ipaddress.ip_address(value.strip())
    except ValueError:
        return "must be an IPv4 or IPv6 address"
    return ""


def decimal(value: str, _now: datetime) -> str:
    """A decimal number."""
    return "" if _DECIMAL.fullmatch(value.strip()) else "must be a number"


country = word(chain([""], sorted(COUNTRIES)), what="a two-letter country code")
state = word(chain([""], sorted(US_STATES)), what="a two-letter code of a US state")
long = number(1, MOST_LONG)
age = number(0, MOST_AGE)
port = number(1, MOST_PORT)

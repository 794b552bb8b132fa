"""Days that people name in running text: "tomorrow", "samedi", "le 20 janvier", "in 3 days"."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import re2

_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "one a an un une", "two deux", "three trois", "four quatre", "five cinq",
            "six", "seven sept", "eight huit", "nine neuf", "ten dix",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_NUMBER = rf"(\d{{1,3}}|{'|'.join(_NUMBERS)})"
_WEEKDAYS = (
    r"mondays?|(?:on|this|next) mon|lundi", r"tues?days?|tues|mardi",
    r"wed(?:nes|ens|ns|en|nse)days?|wensday|weds|mercredi",
    r"thurs?days?|thursd?|thirsday|jeudi", r"fridays?|firday|fri|vendredi",
    r"satur?days?|satruday|saterday|satuday|(?:on|this|next|til) sat|samedi",
    r"sundays?|(?:on|this|next|til) sun|dimanche",
)  # fmt: skip
_MONTHS = (
    r"january|jan|janvier", r"february|feb|fevrier", r"march|mars", r"april|apr|avril",
    r"may|mai", r"june|juin", r"july|juillet", r"august|aug|aout", r"september|sept?|septembre",
    r"october|oct|octobre", r"november|nov|novembre", r"december|dec|decembre",
)  # fmt: skip
_MONTH = "|".join(f"({names})" for names in _MONTHS)
# A date without a year is the coming one, unless it was within the last month.
_PAST_DAYS = 30
_SATURDAY = 5
_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day named in a text; `day` is None when the words give a time but no day."""

    start: int
    end: int
    day: date | None


def days_named(text: str, today: date) -> tuple[NamedDay, ...]:
    """Every day named in folded text, read from `today`, in order of appearance."""
    named = [
        NamedDay(match.start(), match.end(), day)
        for pattern, reader in _READERS
        for match in pattern.finditer(text)
        for day in reader(match, today)
    ]
    return tuple(sorted(named, key=lambda one: (one.start, one.end)))


def _in_days(days: int) -> Callable[[Any, date], Iterator[date | None]]:
    def read(_match: Any, today: date) -> Iterator[date | None]:  # noqa: ANN401 - an RE2 match
        yield today + timedelta(days=days)

    return read


def _weekday(match: Any, today: date) -> Iterator[date | None]:  # noqa: ANN401 - an RE2 match
    ahead = (_which(match, 7, first=2) - today.weekday()) % 7
    is_past = match.group(1) or match.group(9)
    yield today + timedelta(days=ahead - 7 if is_past else ahead)


def _weekend(_match: Any, today: date) -> Iterator[date | None]:  # noqa: ANN401 - an RE2 match
    # On a Sunday "the weekend" is still today.
    ahead = 0 if today.weekday() >= _SATURDAY else _SATURDAY - today.weekday()
    yield today + timedelta(days=ahead)


def _next_week(_match: Any, today: date) -> Iterator[date | None]:  # noqa: ANN401 - an RE2 match
    yield today + timedelta(days=7 - today.weekday())


def _counted(match: Any, today: date) -> Iterator[date | None]:  # noqa: ANN401 - an RE2 match
    said, unit = match.group(1), match.group(2)
    number = int(said) if said.isdigit() else _NUMBERS[said]
    days = {"h": 0, "d": 1, "j": 1, "w": 7, "s": 7, "m": 30}[unit[0]] * number
    if unit[0] == "h":
        days = number // 24
    yield today + timedelta(days=0 if unit.startswith("min") else days)


def _month_first(match: Any, today: date) -> Iterator[date | None]:  # noqa: ANN401 - an RE2 match
    yield from _coming(_which(match, 12, first=1) + 1, int(match.group(13)), today)


def _day_first(match: Any, today: date) -> Iterator[date | None]:  # noqa: ANN401 - an RE2 match
    yield from _coming(_which(match, 12, first=2) + 1, int(match.group(1)), today)


def _day_of_month(match: Any, today: date) -> Iterator[date | None]:  # noqa: ANN401 - an RE2 match
    if match.group(3):  # "the 28th of January", "le 20 h": another reader's words
        return
    day = int(match.group(1) or match.group(2))
    for ahead in (0, 1):
        month = today.month + ahead
        for real in _real(today.year + (month > _MONTHS_A_YEAR), (month - 1) % 12 + 1, day):
            if real >= today:
                yield real
                return


def _iso(match: Any, _today: date) -> Iterator[date | None]:  # noqa: ANN401 - an RE2 match
    yield from _real(*(int(part) for part in match.groups()))


def _vague(_match: Any, _today: date) -> Iterator[date | None]:  # noqa: ANN401 - an RE2 match
    yield None


def _which(match: Any, count: int, *, first: int) -> int:  # noqa: ANN401 - an RE2 match
    return next(n for n in range(count) if match.group(first + n))


def _coming(month: int, day: int, today: date) -> Iterator[date]:
    for year in (today.year - 1, today.year, today.year + 1):
        for real in _real(year, month, day):
            if real >= today - timedelta(days=_PAST_DAYS):
                yield real
                return


def _real(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:  # the 31st of June: words, but no day
        return


_READERS: tuple[tuple[Any, Callable[[Any, date], Iterator[date | None]]], ...] = (
    (
        re2.compile(
            r"\b(?:today|tonight|tonite|2nite|2night|right now|this (?:afternoon|evening|morning)"
            r"|later on|(?:at|after) (?:lunch|recess)|tout a l'?heure|toute? alheure"
            r"|a la recre|ce soir|c'?soir|aujourd'?hui|auj|tantot"
            r"|cet? (?:apres-?midi|aprem|matin))\b"
        ),
        _in_days(0),
    ),
    (
        re2.compile(
            r"\b(?:tom+or+ow|tmrw?|tmw|tomoz|2mor+ow?|2moro|demain|dmain|2main|demin|2m1)\b"
        ),
        _in_days(1),
    ),
    (
        re2.compile(r"\b(?:yesterday|last night|hier)\b"),
        _in_days(-1),
    ),
    (re2.compile(r"\b(?:day after tom+or+ow|apres[- ]demain)\b"), _in_days(2)),
    (
        re2.compile(
            rf"\b(last |this past )?(?:{'|'.join(f'({names})' for names in _WEEKDAYS)})"
            r"\b( dernier| passe)?"
        ),
        _weekday,
    ),
    (re2.compile(r"\b(?:week-?ends?|wknd|fin de semaine|fds)\b"), _weekend),
    (re2.compile(r"\b(?:next week|la semaine prochaine|semaine prochaine)\b"), _next_week),
    (
        re2.compile(
            rf"\b(?:in|within|dans|ds|d'ici) {_NUMBER} "
            r"(minutes?|min|hours?|hrs?|heures?|days?|jours?|weeks?|semaines?|months?|mois)\b"
        ),
        _counted,
    ),
    (re2.compile(rf"\b(?:{_MONTH})\.? (?:the )?(\d{{1,2}})(?:st|nd|rd|th)?\b"), _month_first),
    (re2.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th|er|e)?(?: of)? (?:{_MONTH})\b"), _day_first),
    (re2.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b"), _iso),
    (
        re2.compile(
            r"\b(?:(?:on |by )?the (\d{1,2})(?:st|nd|rd|th)|le (\d{1,2})(?:er)?)\b"
            rf"( (?:of )?(?:{_MONTH})| ?h\b| ?heures?| ans| [%$])?"
        ),
        _day_of_month,
    ),
    (
        re2.compile(
            r"\b(?:soon|after (?:class|school|practice|work|dinner|supper)|at (?:noon|midnight)"
            r"|at \d{1,2}(?::\d\d)? ?(?:[ap]\.?m\b\.?|o'?clock)?|\d{1,2} ?[ap]m|next (?:month|time)"
            r"|(?:her|his|my) birthday|christmas|the holidays|spring break|bientot|prochainement"
            r"|(?:apres|a la fin (?:de|des)|a la sortie (?:de|des)) (?:l'?ecole|(?:les )?cours"
            r"|la classe|classes|le souper)|a (?:midi|minuit)"
            r"|(?:a|vers) \d{1,2} ?h(?:eures?)?(?:\d\d)?|le mois prochain|noel|la relache)\b"
        ),
        _vague,
    ),
)

"""What will be told in the demo world, by whom and when: a plan of reports, the same every time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random

from havre.intake.rules.submission import Channel
from havre.plumbing.clock import LEGAL_ZONE
from havre.wiring.country.texts import VIRAL, Spot, Suspect, dice, spots, suspects

ALL_REPORTS = 500
DAYS = 90
# How many of five hundred are meant for each lane: those dealt with, and those that wait.
DEALT_WITH = {"A": 45, "B": 130, "C": 115, "D": 90}
WAITING = {"A": 9, "B": 31, "C": 45, "D": 35}
# How long ago those that wait came, and how long the others waited, in minutes: from, to.
WAITS_SINCE = {"A": (3, 55), "B": (4, 1_300), "C": (12, 9_000), "D": (60, 36_000)}
WAITED = {"A": (4, 15), "B": (30, 420), "C": (600, 6_000), "D": (3_000, 30_000)}
# Quiet nights, busy evenings: how many of a day's reports come in each hour, Toronto time.
BY_HOUR = (2, 1, 1, 1, 1, 1, 2, 3, 4, 5, 5, 5, 6, 5, 5, 7, 8, 8, 8, 9, 9, 8, 5, 3)
DAY_MINUTES = 24 * 60
# French by region, the rest in English.
FRENCH = {"QC": 0.92, "NB": 0.5, "ON": 0.18, "MB": 0.12}
FRENCH_ELSEWHERE = 0.05
BY_PROVIDERS = 0.47


class Mark(StrEnum):
    """Something that sets a report apart."""

    ANSWERED = "answered"
    FOREIGN = "foreign"
    NO_IDENTIFIER = "no-identifier"
    NO_PLACE = "no-place"
    PARKED = "parked"
    QUARANTINED = "quarantined"
    RECEIPT_SHOWN = "receipt-shown"
    VIRAL = VIRAL
    YOUNG_SUSPECT = "young-suspect"


@dataclass(slots=True, kw_only=True)
class Plan:
    """One report to come. `dealt_with_at` is None for those that still wait."""

    at: datetime
    band: str
    dealt_with_at: datetime | None
    number: int = 0
    spot: Spot = field(default_factory=lambda: spots()[0])
    channel: Channel = Channel.PUBLIC_FORM
    language: str = "en"
    suspect: Suspect | None = None
    turn: int = 0
    marks: set[Mark] = field(default_factory=set)

    @property
    def is_free(self) -> bool:
        """Whether nothing has set this report apart yet."""
        return self.suspect is None and not self.marks


def plans(*, now: datetime, reports: int) -> list[Plan]:
    """Every report of the demo world, oldest first."""
    listed = sorted(_in_lanes(now, reports), key=lambda plan: plan.at)
    for number, plan in enumerate(listed):
        plan.number = number
        plan.spot = _spot(dice("spot", number))
    share = reports / ALL_REPORTS
    _plant_suspects(listed, share)
    _mark(listed, share)
    for plan in listed:
        _settle_channel(plan)
    for plan in listed:
        if Mark.ANSWERED in plan.marks and plan.language == "en":
            plan.marks.add(Mark.RECEIPT_SHOWN)
            break
    return listed


def _in_lanes(now: datetime, reports: int) -> list[Plan]:
    found = [
        _waiting(band, now, dice("waiting", band, number))
        for band, count in WAITING.items()
        for number in range(_part(count, reports / ALL_REPORTS))
    ]
    kinds = [band for band, count in DEALT_WITH.items() for _ in range(count)]
    for number in range(reports - len(found)):
        chance = dice("dealt with", number)
        found.append(_dealt_with(chance.choice(kinds), now, chance))
    return found


def _waiting(band: str, now: datetime, chance: Random) -> Plan:
    least, most = WAITS_SINCE[band]
    # More of them lately: the square of a chance.
    minutes = least + (most - least) * chance.random() ** 2
    at = now - timedelta(minutes=minutes)
    if minutes > 2 * DAY_MINUTES:
        at = _by_the_hour(at, chance)
    return Plan(at=at, band=band, dealt_with_at=None)


def _dealt_with(band: str, now: datetime, chance: Random) -> Plan:
    least, most = WAITED[band]
    waited = timedelta(minutes=chance.uniform(least, most))
    latest = now - waited - timedelta(minutes=DAY_MINUTES)
    at = _by_the_hour(latest - chance.random() * (latest - (now - timedelta(days=DAYS))), chance)
    return Plan(at=at, band=band, dealt_with_at=at + waited)


def _by_the_hour(at: datetime, chance: Random) -> datetime:
    """The same day at an hour at which people write."""
    hour = chance.choices(range(24), weights=BY_HOUR)[0]
    local = at.astimezone(LEGAL_ZONE)
    return local.replace(hour=hour, minute=chance.randrange(60), second=chance.randrange(60))


def _part(count: int, share: float) -> int:
    return max(1, round(count * share))


def _spot(chance: Random) -> Spot:
    return chance.choices(spots(), weights=[spot.often for spot in spots()])[0]


def _plant_suspects(listed: Sequence[Plan], share: float) -> None:
    """Give each repeat suspect some reports over time, the last of which may still wait."""
    left = max(suspects()[0].reports, round(70 * share))
    by_city = {spot.city: spot for spot in spots()}
    for suspect in suspects():
        if suspect.reports > left:
            continue
        left -= suspect.reports
        free = [plan for plan in listed if plan.is_free and plan.band in "BC"]
        past = [plan for plan in free if plan.dealt_with_at]
        chosen = dice("suspect", suspect.handle).sample(past, suspect.reports - 1)
        last = [plan for plan in free if plan.dealt_with_at is None][-1:] or chosen[:0]
        ordered = sorted([*chosen, *last], key=lambda plan: plan.at)
        for turn, plan in enumerate(ordered):
            plan.suspect, plan.turn = suspect, turn
            plan.spot = by_city[suspect.at[turn % len(suspect.at)]]


def _mark(listed: Sequence[Plan], share: float) -> None:
    def pick(mark: Mark, count: int, *, bands: str, waits: bool | None = None) -> None:
        fitting = [
            plan
            for plan in listed
            if plan.is_free
            and plan.band in bands
            and (waits is None or waits == (plan.dealt_with_at is None))
        ]
        count = min(_part(count, share), len(fitting))
        for plan in dice("mark", mark, waits).sample(fitting, count):
            plan.marks.add(mark)

    pick(Mark.VIRAL, 30, bands="C", waits=False)
    pick(Mark.VIRAL, 10, bands="C", waits=True)
    pick(Mark.YOUNG_SUSPECT, 5, bands="BC", waits=False)
    pick(Mark.YOUNG_SUSPECT, 1, bands="BC", waits=True)
    pick(Mark.QUARANTINED, 2, bands="D", waits=True)
    pick(Mark.PARKED, 1, bands="C", waits=True)
    pick(Mark.FOREIGN, 1, bands="BC", waits=True)
    pick(Mark.ANSWERED, 6, bands="BC", waits=False)
    pick(Mark.ANSWERED, 2, bands="C", waits=True)
    pick(Mark.NO_PLACE, 10, bands="ABC")
    pick(Mark.NO_IDENTIFIER, 10, bands="ABC")


def _settle_channel(plan: Plan) -> None:
    chance = dice("channel", plan.number)
    if plan.marks & {Mark.VIRAL, Mark.YOUNG_SUSPECT}:
        plan.channel = Channel.ISPWS
    elif plan.band != "D" and not plan.marks & {Mark.ANSWERED, Mark.FOREIGN, Mark.QUARANTINED}:
        plan.channel = Channel.ISPWS if chance.random() < BY_PROVIDERS else Channel.PUBLIC_FORM
    french = FRENCH.get(plan.spot.region, FRENCH_ELSEWHERE)
    plan.language = "fr" if chance.random() < french else "en"

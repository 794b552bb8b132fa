"""Questions about referrals: the inbox, and what was sent."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Value

from havre.agencies.models import Agency, Officer
from havre.agencies.reads import agencies_of_kinds
from havre.agencies.rules.words import AgencyKind
from havre.audit.rules import Actor
from havre.intake.conflicts.models import Conflict
from havre.intake.models import Incident
from havre.intake.splits.models import Part
from havre.plumbing import clock
from havre.plumbing.values.counts import HowMany, how_many
from havre.plumbing.values.lists import behind, first_of
from havre.plumbing.values.written import written_once
from havre.referrals.models import Outcome, Referral, Remark
from havre.referrals.rules.outcomes import ReferralState
from havre.referrals.rules.states import OVER, running_clock
from havre.referrals.wording import STATES
from havre.triage.policies.reads import policy_in_force
from havre.triage.rules.assess import rule_by, title_by
from havre.triage.rules.clocks import Clock, clock_of

INBOX_ROWS = 50
# Parts of what is open, beside the states.
FREE, LATE, MINE, UNREAD = "free", "late", "mine", "unread"
WAITING_STATES = (ReferralState.SENT, ReferralState.OPENED)
OPEN_STATES = (*WAITING_STATES, ReferralState.ACCEPTED)
RECEIVING_KINDS = (
    AgencyKind.POLICE,
    AgencyKind.NATIONAL_CENTRE,
    AgencyKind.CHILD_WELFARE,
    AgencyKind.BORDER,
    AgencyKind.FOREIGN,
    AgencyKind.HOTLINE,
    AgencyKind.OVERSIGHT,
    AgencyKind.PROSECUTION,
)
_WITH = ("to_agency", "sent_by", "accepted_by", "suggested_agency", "assigned_to", "supplements")

# In which order those of one state are listed.
IN_ORDER = ("band", "answer_by", "pk")
# Where a page of the inbox ended: whether settled, the lane, the answer's day, the row.
PLACE = re.compile(r"[01]_[A-D]?_\d{1,11}\.\d{6}_[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """One referral as the inbox shows it. `clock` is the one that runs, `act` what it asks for."""

    referral: Referral
    title: str
    state: str
    clock: Clock | None
    act: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage:
    """A page of the inbox, with the counts of its head."""

    rows: tuple[InboxRow, ...]
    next: str
    chosen: HowMany
    new: int
    late: int
    mine: int
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the inbox ended: by what its last row is listed."""

    is_settled: bool
    band: str
    answer_by: datetime
    pk: UUID

    @property
    def values(self) -> tuple[str, datetime, UUID]:
        """Its place among those of one state."""
        return self.band, self.answer_by, self.pk


def inbox_of(
    officer: Officer, *, state: str = "", after: str = "", language: str = "en"
) -> InboxPage:
    """The referrals to an officer's agency: those that wait, most urgent first, then the others.

    `state` is a ReferralState by value, a part of what is open, "" for all that are open, "all" for
    every one; `after` is what the page before gave as its `next`.
    """
    mine = Referral.objects.visible_to(officer).filter(to_agency=officer.agency_id)
    now = clock.now()
    among = mine.filter(_among(state, officer, now))
    is_of_open = state != "all" and state not in set(ReferralState)
    found = _listed(_in_states(among, state, is_of_open=is_of_open), officer, _read(after))
    heads = mine.filter(_open_now()).aggregate(
        **{part: Count("pk", filter=_among(part, officer, now)) for part in (LATE, MINE, UNREAD)}
    )
    chosen = among.filter(_open_now()) if is_of_open else _of_state(among, state)
    return InboxPage(
        rows=tuple(_row(each, now, language) for each in found[:INBOX_ROWS]),
        next=_place(found[INBOX_ROWS - 1]) if len(found) > INBOX_ROWS else "",
        chosen=how_many(chosen.order_by()),
        new=heads[UNREAD],
        late=heads[LATE],
        mine=heads[MINE],
        as_of=now,
    )


def _of_state(rows: QuerySet[Referral], state: str) -> QuerySet[Referral]:
    return rows if state == "all" else rows.filter(state=state)


def _in_states(
    rows: QuerySet[Referral], state: str, *, is_of_open: bool
) -> dict[ReferralState, QuerySet[Referral]]:
    """What is asked for, by its state: of each state the index holds the rows in their order."""
    if is_of_open:
        open_ones = {each: rows.filter(state=each) for each in OPEN_STATES}
        return open_ones | {ReferralState.CLOSED: rows.filter(_has_news())}
    # What was undone was never sent, and nobody sees it.
    states = [s for s in ReferralState if state in {s, "all"} and s != ReferralState.UNDONE]
    return {each: rows.filter(state=each) for each in states}


def _listed(
    of_states: dict[ReferralState, QuerySet[Referral]], officer: Officer, place: Place | None
) -> list[Referral]:
    """The first behind a place with all that a row shows: found in the index, then only they."""
    order = ("settled", *IN_ORDER)
    parts = []
    for state, rows in of_states.items():
        is_settled = state not in WAITING_STATES
        if place and place.is_settled > is_settled:
            continue
        begins_here = place and place.is_settled == is_settled
        rest = rows.filter(behind(IN_ORDER, place.values)) if place and begins_here else rows
        told = rest.annotate(settled=Value(int(is_settled))).order_by(*IN_ORDER)
        parts.append(told.values_list(*order))
    first = [row[-1] for row in first_of(parts, order=order, most=INBOX_ROWS + 1)]
    found = Referral.objects.visible_to(officer).filter(pk__in=first)
    fetched = found.select_related("accepted_by", "assigned_to", "supplements")
    return sorted(fetched, key=lambda referral: first.index(referral.pk))


def title_as_sent(referral: Referral, *, language: str) -> str:
    """The title by rule that the report had when it was sent, or "" when it was not scored yet."""
    if not referral.band:
        return ""
    return title_by(referral.title, policy=policy_in_force(), language=language)


def rule_as_sent(referral: Referral, *, language: str) -> str:
    """The rule that set the lane the report had when it was sent, or ""."""
    return (
        rule_by(referral.rule, policy=policy_in_force(), language=language) if referral.band else ""
    )


def answer_clock(referral: Referral, *, now: datetime) -> Clock | None:
    """The clock of a referral that runs: to say whether it is taken, then what came of it."""
    running = running_clock(referral.standing)
    return clock_of(since=running.since, until=running.until, now=now) if running else None


def act_of_clock(referral: Referral) -> str:
    """What the running clock asks for: "answer", "action", or "" when none runs."""
    running = running_clock(referral.standing)
    return str(running.name) if running else ""


def _row(referral: Referral, now: datetime, language: str) -> InboxRow:
    return InboxRow(
        referral=referral,
        title=title_as_sent(referral, language=language),
        state=str(STATES[referral.state]),
        clock=answer_clock(referral, now=now),
        act=act_of_clock(referral),
    )


def _open_now() -> Q:
    """What is open, and what was over and has something new that nobody there has seen."""
    return Q(state__in=OPEN_STATES) | _has_news()


def _has_news() -> Q:
    return Q(state=ReferralState.CLOSED, news_at__gt=F("seen_at"))


def _among(word: str, officer: Officer, now: datetime) -> Q:
    """A part of the open referrals; what is no word for one is all of them."""
    waiting = Q(state__in=WAITING_STATES)
    unseen = Q(seen_at=None, state=ReferralState.SENT) | Q(news_at__gt=F("seen_at"))
    taken_late = Q(state=ReferralState.ACCEPTED, acted_at=None, act_by__lt=now)
    parts = {
        FREE: Q(assigned_to=None),
        LATE: waiting & Q(answer_by__lt=now) | taken_late,
        MINE: Q(assigned_to=officer.pk),
        UNREAD: unseen,
    }
    return parts.get(word, Q())


def _place(referral: Referral) -> str:
    settled = int(referral.state not in WAITING_STATES)
    at = f"{referral.answer_by.timestamp():.6f}"
    return f"{settled}_{referral.band}_{at}_{referral.pk.hex}"


def _read(after: str) -> Place | None:
    """The place that a page before named, or None of what does not read as one."""
    if not PLACE.fullmatch(after):
        return None
    settled, band, at, pk = after.split("_")
    try:
        by = datetime.fromtimestamp(float(at), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return Place(settled == "1", band, by, UUID(pk))


def referral_by_reference(reference: str, *, actor: Actor, is_held: bool = False) -> Referral:
    """One referral, `is_held` until the transaction ends where it is to be changed.

    Raises Referral.DoesNotExist, alike for foreign and missing.
    """
    for referral in _by_reference(reference, actor, is_held):
        return referral
    raise Referral.DoesNotExist


@written_once
def _by_reference(reference: str, actor: Actor, is_held: bool) -> QuerySet[Referral]:  # noqa: FBT001
    visible = Referral.objects.visible_to(actor).select_related(*_WITH)
    found = visible.filter(reference=reference).order_by()
    if is_held:
        # Without its report, which an agency reads no more once the referral is over.
        return found.select_for_update(of=("self",))
    return found.select_related("report", "incident")


def ended_referral(reference: str, *, actor: Officer) -> Referral:
    """One that is over, for the agency it was sent to. Raises Referral.DoesNotExist."""
    mine = Referral.objects.visible_to(actor).filter(to_agency=actor.agency_id)
    return mine.filter(state__in=OVER).select_related("to_agency").get(reference=reference)


def is_over(reference: str, *, actor: Officer) -> bool:
    """Whether a referral to this officer's agency was cancelled, returned or declined."""
    return bool(_over(reference, actor, actor.agency_id))


@written_once
def _over(reference: str, actor: Actor, agency: UUID) -> QuerySet[Referral, UUID]:
    mine = Referral.objects.visible_to(actor).filter(to_agency=agency, reference=reference)
    return mine.filter(state__in=OVER).order_by().values_list("pk", flat=True)[:1]


@written_once
def referrals_of(report: UUID, actor: Actor) -> QuerySet[Referral]:
    """Where a report was sent, as far as the actor may know."""
    seen = Referral.objects.visible_to(actor).filter(report=report)
    return seen.select_related("report", *_WITH).order_by("sent_at")


@written_once
def outcomes_of(referral: UUID) -> QuerySet[Outcome]:
    """What came of a referral, oldest first."""
    return Outcome.objects.filter(referral=referral).select_related("by")


@written_once
def remarks_of(referral: UUID) -> QuerySet[Remark]:
    """What was said of a referral, oldest first."""
    return Remark.objects.filter(referral=referral).select_related("by")


def conflicts_of(report: UUID) -> list[Agency]:
    """The agencies for which somebody works whom a report names."""
    return [each.agency for each in _conflicts(report)]


@written_once
def _conflicts(report: UUID) -> QuerySet[Conflict]:
    return Conflict.objects.filter(report=report).select_related("agency")


def holders_of(incident: Incident) -> set[str]:
    """The agencies that hold an incident now, by code."""
    standing = Referral.objects.filter(incident=incident).exclude(state__in=OVER)
    return set(standing.values_list("to_agency__code", flat=True))


def part_sent(referral: Referral, *, actor: Actor) -> int | None:
    """Of which incident of a split report a referral tells alone; None where it tells all."""
    if referral.whole_because:
        return None
    part = Part.objects.visible_to(actor).filter(incident=referral.incident_id)
    return part.values_list("number", flat=True).first()


def sent_whole(referrals: QuerySet[Referral], *, actor: Actor) -> QuerySet[Referral]:
    """Of referrals, those that tell all of their report: none of one incident of a split one."""
    apart = Part.objects.visible_to(actor).values("incident")
    return referrals.exclude(whole_because="", incident__in=apart)


def parts_held(report: UUID, agency: UUID, *, actor: Actor) -> list[int] | None:
    """The incidents of a split report that an agency holds; None where it holds the report whole.

    An agency that holds nothing holds no incident.
    """
    standing = Referral.objects.filter(report=report, to_agency=agency).exclude(state__in=OVER)
    held = list(standing.values_list("incident", "whole_because"))
    found = Part.objects.visible_to(actor).filter(report=report)
    numbers = dict(found.values_list("incident", "number")) if held else {}
    parts = {None if whole else numbers.get(incident) for incident, whole in held}
    return None if None in parts else sorted(number for number in parts if number)


def came_back(incident: Incident) -> Referral | None:
    """The last referral of an incident that came back and that nobody has taken up since."""
    of_it = Referral.objects.filter(incident=incident)
    taken_up = of_it.filter(carries__isnull=False).values("carries")
    back = of_it.filter(state__in=(ReferralState.RETURNED, ReferralState.DECLINED))
    return back.exclude(pk__in=taken_up).order_by("-sent_at").first()


def agencies_to_refer_to() -> list[Agency]:
    """Every body that a report can be sent to, by code."""
    return agencies_of_kinds(RECEIVING_KINDS)

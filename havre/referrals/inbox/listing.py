"""What stands in an inbox: listed in the order in which it is to be answered, and counted."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet, Value

from havre.agencies.models import Officer
from havre.plumbing import clock
from havre.plumbing.values.counts import HowMany, how_many_of_each, together
from havre.plumbing.values.lists import behind, first_of
from havre.plumbing.values.shown import mark_of
from havre.referrals.models import Referral
from havre.referrals.reads import (
    OPEN_STATES,
    WAITING_STATES,
    act_of_clock,
    answer_clock,
    title_as_sent,
)
from havre.referrals.rules.outcomes import ReferralState
from havre.referrals.wording import STATES
from havre.triage.rules.clocks import Clock

INBOX_ROWS = 50
# Parts of what is open, beside the states.
FREE, LATE, MINE, UNREAD = "free", "late", "mine", "unread"
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

    @property
    def at(self) -> datetime:
        """When it came, or when something came to it last."""
        return max(self.referral.sent_at, self.referral.news_at or self.referral.sent_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage:
    """A page of the inbox, with the counts of its head."""

    rows: tuple[InboxRow, ...]
    next: str
    chosen: HowMany
    new: HowMany
    late: HowMany
    mine: HowMany
    as_of: datetime

    @property
    def mark(self) -> str:
        """What the page shows, in a few characters: another mark, another page."""
        shown = [
            (
                row.referral.reference, row.referral.band, row.state, row.title, row.act,
                row.clock and (str(row.clock.until), str(row.clock.hurry)), str(row.at),
                row.referral.is_unread, row.referral.has_grown, str(row.referral.warned_at),
                str(row.referral.assigned_to_id),
            )
            for row in self.rows
        ]  # fmt: skip
        return mark_of(shown, self.next, self.chosen, self.new, self.late, self.mine)


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
    of_states = _in_states(among, state, is_of_open=is_of_open)
    found = _listed(of_states, officer, _read(after))
    heads = how_many_of_each(
        **_heads(mine, officer, now),
        chosen=_asked_for(among, state),
        again=among.filter(_has_news()) if is_of_open else mine.none(),
    )
    return InboxPage(
        rows=tuple(_row(each, now, language) for each in found[:INBOX_ROWS]),
        next=_place(found[INBOX_ROWS - 1]) if len(found) > INBOX_ROWS else "",
        chosen=together(heads["chosen"], heads["again"]),
        new=together(heads["unseen"], heads["news"]),
        late=together(heads["unanswered"], heads["unacted"]),
        mine=heads[MINE],
        as_of=now,
    )


def _heads(
    mine: QuerySet[Referral], officer: Officer, now: datetime
) -> dict[str, QuerySet[Referral]]:
    """What the head counts, in parts that hold nothing twice and are each found by an index."""
    return {
        "unanswered": mine.filter(_unanswered(now)),
        "unacted": mine.filter(_unacted(now)),
        "unseen": mine.filter(_unseen()),
        "news": mine.filter(
            state__in=(*OPEN_STATES, ReferralState.CLOSED), news_at__gt=F("seen_at")
        ),
        MINE: mine.filter(_open_now(), _among(MINE, officer, now)),
    }


def _asked_for(rows: QuerySet[Referral], state: str) -> QuerySet[Referral]:
    """Those of the states that are asked for, without what was over and has something new."""
    if state == "all":
        return rows
    return rows.filter(state__in=[state] if state in set(ReferralState) else OPEN_STATES)


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


def _unanswered(now: datetime) -> Q:
    """Past the time to say what becomes of it."""
    return Q(state__in=WAITING_STATES, answer_by__lt=now)


def _unacted(now: datetime) -> Q:
    """Taken, and past the time to say what came of it."""
    return Q(state=ReferralState.ACCEPTED, acted_at=None, act_by__lt=now)


def _unseen() -> Q:
    return Q(seen_at=None, state=ReferralState.SENT)


def _among(word: str, officer: Officer, now: datetime) -> Q:
    """A part of the open referrals; what is no word for one is all of them."""
    parts = {
        FREE: Q(assigned_to=None),
        LATE: _unanswered(now) | _unacted(now),
        MINE: Q(assigned_to=officer.pk),
        UNREAD: _unseen() | Q(news_at__gt=F("seen_at")),
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

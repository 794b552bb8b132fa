"""Questions about referrals: the inbox, and what was sent."""

from dataclasses import dataclass
from uuid import UUID

from havre.agencies.models import Agency, Officer
from havre.agencies.reads import agencies_of_kinds
from havre.agencies.rules.words import AgencyKind
from havre.audit.rules import Actor
from havre.plumbing import clock
from havre.referrals.models import Outcome, Referral
from havre.referrals.rules.outcomes import ReferralState

INBOX_ROWS = 50
OPEN_STATES = (ReferralState.SENT, ReferralState.OPENED, ReferralState.ACCEPTED)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """One referral as the inbox shows it."""

    referral: Referral
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage:
    """A page of the inbox, with the counts of its head."""

    rows: tuple[InboxRow, ...]
    next: str
    new: int
    late: int


def inbox_of(officer: Officer, *, state: str = "", after: str = "") -> InboxPage:
    """The referrals to an officer's agency, most urgent first.

    `state` is a ReferralState by value, "" for all that are open, "all" for every one.
    """
    mine = Referral.objects.visible_to(officer).filter(to_agency=officer.agency_id)
    now = clock.now()
    waiting = mine.filter(state__in=(ReferralState.SENT, ReferralState.OPENED))
    chosen = mine
    if state in set(ReferralState):
        chosen = mine.filter(state=state)
    elif state != "all":
        chosen = mine.filter(state__in=OPEN_STATES)
    start = int(after) if after.isdecimal() and len(after) < 7 else 0  # noqa: PLR2004
    found = list(
        chosen.select_related("report", "accepted_by", "incident").order_by(
            "accepted_at", "band", "answer_by", "pk"
        )[start : start + INBOX_ROWS + 1]
    )
    return InboxPage(
        rows=tuple(
            InboxRow(
                referral=each,
                is_late=each.accepted_at is None
                and each.state in (ReferralState.SENT, ReferralState.OPENED)
                and each.answer_by < now,
            )
            for each in found[:INBOX_ROWS]
        ),
        next=str(start + INBOX_ROWS) if len(found) > INBOX_ROWS else "",
        new=mine.filter(state=ReferralState.SENT).count(),
        late=waiting.filter(answer_by__lt=now).count(),
    )


def referral_by_reference(reference: str, *, actor: Actor) -> Referral:
    """One referral. Raises Referral.DoesNotExist, alike for foreign and missing."""
    return (
        Referral.objects.visible_to(actor)
        .select_related("report", "incident", "to_agency", "sent_by", "accepted_by")
        .get(reference=reference)
    )


def referrals_of(report: UUID, *, actor: Actor) -> list[Referral]:
    """Where a report was sent, as far as the actor may know."""
    return list(
        Referral.objects.visible_to(actor)
        .filter(report=report)
        .select_related("to_agency", "sent_by")
        .order_by("sent_at")
    )


def outcomes_of(referral: Referral) -> list[Outcome]:
    """What came of a referral, oldest first."""
    return list(Outcome.objects.filter(referral=referral).select_related("by"))


def agencies_to_refer_to() -> list[Agency]:
    """Every body that a report can be sent to, by code."""
    return agencies_of_kinds(RECEIVING_KINDS)

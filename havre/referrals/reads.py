"""Questions about referrals: one of them, and what was sent."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from havre.agencies.models import Agency, Officer
from havre.agencies.reads import agencies_of_kinds
from havre.agencies.rules.words import AgencyKind
from havre.audit.rules import Actor
from havre.intake.conflicts.models import Conflict
from havre.intake.models import Incident
from havre.intake.splits.models import Part
from havre.plumbing.values.written import written_once
from havre.referrals.models import Outcome, Referral, Remark
from havre.referrals.rules.outcomes import ReferralState
from havre.referrals.rules.states import OVER, running_clock
from havre.triage.policies.reads import policy_in_force
from havre.triage.rules.assess import rule_by, title_by
from havre.triage.rules.clocks import Clock, clock_of

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

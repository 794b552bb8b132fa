"""What a person translated of a report comes to whoever has it whole."""

from uuid import UUID

from havre.agencies.rules.words import AgencyKind
from havre.audit.actions import action
from havre.audit.rules import Actor, Event
from havre.intake.reads import report_by_id
from havre.referrals.later.giving import rise, rise_to_given
from havre.referrals.models import Referral
from havre.referrals.packages.growing import Grown, note_growth
from havre.referrals.reads import referral_by_reference
from havre.referrals.rules.guards import check_risk
from havre.referrals.rules.states import OVER
from havre.triage.reads import item_of
from havre.triage.splitting.deciding import score_anew, score_if_set
from havre.triage.splitting.models import IncidentScore
from havre.triage.splitting.placing import wait_again_if_risen


@action(Event.REFERRAL_ADDED_TO)
def tell_of_translation(reference: str, *, by: Actor) -> None:
    """Tell the agency of a referral that its words were translated; nothing of what they say.

    It stands from then on by what its report tells with that, as with words that are given. The
    packages that it took stay as they are. Raises Referral.DoesNotExist, RiskNotAssessedError, and
    ReferralStateError once it is over.
    """
    report = referral_by_reference(reference, actor=by).report
    # Its place comes before all else that is kept.
    item_of(report.pk, actor=by, is_held=True)
    referral = referral_by_reference(reference, actor=by, is_held=True)
    check_risk(referral.to_agency.code, referral.to_agency.kind)
    score_if_set(report.pk)
    rise_to_given(report, [referral])
    note_growth(referral, Grown.TRANSLATION, by=by)


@action(Event.REPORT_SCORED)
def raise_incidents(report_id: UUID, *, by: Actor) -> list[Referral]:
    """Let the referrals of a split report rise with its incidents, of which more was translated.

    Whoever has one is told that something came, and reads no translation: which incident it is of,
    nobody can say. Rule and title stay. An incident that was closed waits again where it rose.
    Gives the referrals that did; safe to repeat.
    """
    report = report_by_id(report_id, actor=by)
    item_of(report_id, actor=by, is_held=True)
    seen = Referral.objects.visible_to(by).filter(report=report_id).exclude(state__in=OVER)
    seen = seen.exclude(to_agency__kind=AgencyKind.FOREIGN)
    standing = list(seen.select_for_update(of=("self",)).order_by("pk"))
    score_anew(report_id)
    scores = dict(IncidentScore.objects.filter(report=report_id).values_list("incident", "band"))
    lanes = {one: scores.get(one.incident_id, "") for one in standing}
    risen = [one for one, lane in lanes.items() if lane and (not one.band or lane < one.band)]
    for referral in risen:
        rise(referral, lanes[referral], referral)
        note_growth(referral, Grown.TRANSLATION, by=by)
    wait_again_if_risen(report, by=by)
    return risen

"""The score of a report as it stands now. A part of this room's actions, which write the line."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import partial, reduce

from havre.audit.rules import Actor
from havre.identifiers.rules.submissions import find_in_submission
from havre.intake.later.reads import days_among, days_given
from havre.intake.models import Report
from havre.intake.rules.submission import Submission
from havre.intake.sealed import told_in
from havre.triage.interpreting.rules import more_urgent, with_translations
from havre.triage.interpreting.sealed import opened_translations, words_not_given
from havre.triage.learning.ties import facts_of
from havre.triage.policies.reads import policy_in_force
from havre.triage.policies.seen import note_seen
from havre.triage.rules.assess import assess
from havre.triage.rules.expiring import logs_until
from havre.triage.rules.policy import Policy
from havre.triage.rules.words import Assessment, LinkFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """An assessment, the policy it was made under, and what the links said."""

    assessment: Assessment
    policy: Policy
    links: LinkFacts
    told: Submission
    logs_until: date | None

    def columns(self, assessment: Assessment) -> dict[str, object]:
        """What a row of the queue keeps beside its place: the score by which it stands."""
        return {
            "scored_band": assessment.band,
            "rule": assessment.rule,
            "risk": assessment.risk,
            "action": assessment.actionability,
            "reasons": [asdict(reason) for reason in assessment.reasons],
            "gaps": list(assessment.gaps),
            "title": list(assessment.title),
            "policy": assessment.policy,
            "strong_links": self.links.strong,
            "logs_until": self.logs_until,
        }


def scored(report: Report, *, by: Actor) -> Scored:
    """How urgent a report is, from what it tells and from what ties it to others.

    What the rules saw is kept as codes, so that another policy can be tried on it. What a person
    translated counts beside the words that came, all of it, even where a better translation was
    written since; so does what its reporter told later and nobody outside was given. What was told
    later, given or not, is read as of then too. None of them lowers a report: a person does.
    """
    submission = told_in(report, by=by)
    links = facts_of(report.pk, by)
    policy = policy_in_force(anew=True)
    assessed = partial(weighed, links=links, policy=policy)
    days = days_given(report)
    found = [assessed(submission, now=day) for day in days]
    later = words_not_given(report, by=by)
    translations = opened_translations(report, also_taken_back=True, by=by)
    if texts := [*later.values(), *(each.told.text for each in translations)]:
        further = with_translations(submission, texts)
        days += days_among(one.at for one in later)
        found += [assessed(further, now=day) for day in days]
    assessment = reduce(more_urgent, found)
    note_seen(report, assessment)
    return Scored(
        assessment=assessment,
        policy=policy,
        links=links,
        told=submission,
        logs_until=logs_until(submission),
    )


def weighed(told: Submission, *, links: LinkFacts, now: datetime, policy: Policy) -> Assessment:
    """How urgent what is told is by the rules, with every identifier that stands in it."""
    return assess(told, found=find_in_submission(told), links=links, now=now, policy=policy)

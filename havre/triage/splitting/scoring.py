"""The scores of the incidents of a split report. Parts of actions, which write the line."""

from dataclasses import asdict
from functools import partial, reduce

from havre.audit.rules import Actor
from havre.identifiers.placing import tokens_in
from havre.identifiers.reads import Met
from havre.intake.later.reads import days_given
from havre.intake.models import Report
from havre.intake.rules.submission import Submission
from havre.intake.splits.models import Part
from havre.intake.splits.reads import count_to_place, standing_parts
from havre.intake.splits.rules import in_place, part_of
from havre.triage.interpreting.rules import more_urgent
from havre.triage.jurisdiction.directory import suggested_by
from havre.triage.rules.words import Assessment, LinkFacts
from havre.triage.scoring import Scored, links_of, weighed
from havre.triage.splitting import rules
from havre.triage.splitting.models import IncidentScore


def stood_by(report: Report, found: Scored, *, by: Actor) -> tuple[Assessment, int]:
    """By which score a report stands in the queue, and how many of its incidents are open.

    The incidents of a split report are scored anew, each from what belongs to it alone.
    """
    parts = standing_parts(report.pk, actor=by)
    if not parts:
        return found.assessment, 0
    scored = [
        rules.Scored(assessment=_scored(report, part, found, by=by), is_open=part.done_as == "")
        for part in parts
    ]
    is_all_placed = not count_to_place([report.pk])
    stood = rules.stands_by(found.assessment, scored, is_all_placed=is_all_placed)
    return stood, sum(one.is_open for one in scored)


def _scored(report: Report, part: Part, found: Scored, *, by: Actor) -> Assessment:
    told = in_place(found.told, part.pieces)
    links = _links_of_part(report, told, by)
    assessed = partial(weighed, told, links=links, policy=found.policy)
    days = days_given(report, part=part.number)
    assessment = reduce(more_urgent, (assessed(now=day) for day in days))
    IncidentScore.objects.update_or_create(
        incident=part.incident,
        defaults={
            "report": report,
            "band": assessment.band,
            "rule": assessment.rule,
            "risk": assessment.risk,
            "action": assessment.actionability,
            "reasons": [asdict(reason) for reason in assessment.reasons],
            "gaps": list(assessment.gaps),
            "title": list(assessment.title),
            "policy": assessment.policy,
            "strong_links": links.strong,
            "suggested": [
                {
                    "agency": one.agency_id,
                    "probability": one.probability,
                    "evidence": [asdict(evidence) for evidence in one.evidence],
                }
                for one in suggested_by(part_of(found.told, part.pieces))
            ],
        },
    )
    return assessment


def _links_of_part(report: Report, told: Submission, by: Actor) -> LinkFacts:
    """What ties an incident to other reports: what stands in it, and no other incident's."""
    tokens = tokens_in(told)

    def is_of_it(met: Met) -> bool:
        return met.record_id != report.pk or met.token in tokens

    return links_of(report.pk, by, may_tell=is_of_it)

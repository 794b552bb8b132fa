"""The scores of the incidents of a split report. Parts of actions, which write the line."""

from collections.abc import Collection
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
from havre.triage.interpreting.rules import more_urgent, with_translations
from havre.triage.jurisdiction.directory import suggested_by
from havre.triage.learning.ties import links_of
from havre.triage.rules.words import Assessment, LinkFacts
from havre.triage.scoring import Scored, weighed
from havre.triage.splitting import rules
from havre.triage.splitting.given import ForeignText, foreign_texts
from havre.triage.splitting.models import IncidentScore


def stood_by(report: Report, found: Scored, *, by: Actor) -> tuple[Assessment, int]:
    """By which score a report stands in the queue, and how many of its incidents are open.

    The incidents of a split report are scored anew, each from what belongs to it alone. What was
    translated is of the whole: each of which it may be stands no lower than with that.
    """
    parts = standing_parts(report.pk, actor=by)
    if not parts:
        return found.assessment, 0
    score = partial(
        _scored, report, found=found, texts=foreign_texts(report, found.told, by=by), by=by
    )
    scored = [rules.Scored(assessment=score(part), is_open=part.done_as == "") for part in parts]
    is_all_placed = not count_to_place([report.pk])
    stood = rules.stands_by(found.assessment, scored, is_all_placed=is_all_placed)
    return stood, sum(one.is_open for one in scored)


def _scored(
    report: Report, part: Part, *, found: Scored, texts: Collection[ForeignText], by: Actor
) -> Assessment:
    told = in_place(found.told, part.pieces)
    links = _links_of_part(report, told, by)
    assessed = partial(weighed, links=links, policy=found.policy)
    days = days_given(report, part=part.number)
    assessment = reduce(more_urgent, (assessed(told, now=day) for day in days))
    translated = [one.text for one in texts if one.may_be_of(part.number)]
    further = with_translations(told, translated)
    with_texts = [assessed(further, now=day) for day in days] if translated else []
    stood = reduce(more_urgent, with_texts, assessment)
    IncidentScore.objects.update_or_create(
        incident=part.incident,
        defaults={
            "report": report,
            # What it is sent by: its rule and title tell of nothing that is another's.
            "band": stood.band,
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
    return stood


def _links_of_part(report: Report, told: Submission, by: Actor) -> LinkFacts:
    """What ties an incident to other reports: what stands in it, and no other incident's."""
    tokens = tokens_in(told)

    def is_of_it(met: Met) -> bool:
        return met.record != report.pk.bytes or met.token in tokens

    return links_of(report.pk, by, may_tell=is_of_it)

"""Questions about the incidents of a split report."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from havre.agencies.models import Agency
from havre.agencies.reads import every_agency
from havre.audit.rules import Actor
from havre.intake.models import Report
from havre.intake.splits.models import Part
from havre.intake.splits.reads import standing_parts
from havre.intake.splits.rules import PartEnd
from havre.triage.models import Closing
from havre.triage.policies.reads import policy_in_force
from havre.triage.rules.assess import rule_by, title_by
from havre.triage.splitting.models import IncidentScore


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """An incident of a split report, in the reader's language; `score` is None until scored."""

    part: Part
    score: IncidentScore | None
    title: str
    rule: str
    # The agencies suggested, most probable first, each with its share in whole percent.
    suggested: tuple[tuple[Agency, int], ...]
    closing: Closing | None

    @property
    def number(self) -> int:
        """Its number in the report."""
        return self.part.number

    @property
    def is_open(self) -> bool:
        """Whether nobody decided on it yet."""
        return self.part.done_as == ""


def incidents_of(report: UUID, *, language: str, actor: Actor) -> tuple[IncidentRow, ...]:
    """The incidents of a split report by number, with their scores; none while it is whole."""
    parts = standing_parts(report, actor=actor)
    if not parts:
        return ()
    found = IncidentScore.objects.visible_to(actor).filter(report=report)
    scores = {score.incident_id: score for score in found}
    closed = Closing.objects.visible_to(actor).filter(report=report, reopened_at=None)
    closings = {one.incident_id: one for one in closed.select_related("closed_by")}
    agencies = {str(agency.pk): agency for agency in every_agency()}
    return tuple(
        _row(part, scores.get(part.incident_id), closings.get(part.incident_id), agencies, language)
        for part in parts
    )


def numbers_to_refer(report: Report, *, actor: Actor) -> dict[str, Any]:
    """Of which incidents of a report one may be referred, and whether it is split."""
    return numbers_among(standing_parts(report.pk, actor=actor), report)


def numbers_among(parts: Sequence[Part], report: Report) -> dict[str, Any]:
    """The same, where the incidents of a split report are known."""
    if not parts:
        return {"incidents": range(1, report.incident_count + 1), "is_split": False}
    open_ones = [part.number for part in parts if part.done_as != PartEnd.CLOSED]
    return {"incidents": open_ones, "is_split": True}


def score_of(part: Part, *, actor: Actor) -> IncidentScore | None:
    """The score of an incident of a split report."""
    return IncidentScore.objects.visible_to(actor).filter(incident=part.incident_id).first()


def _row(
    part: Part,
    score: IncidentScore | None,
    closing: Closing | None,
    agencies: dict[str, Agency],
    language: str,
) -> IncidentRow:
    policy = policy_in_force()
    return IncidentRow(
        part=part,
        score=score,
        title=title_by(score.title, policy=policy, language=language) if score else "",
        rule=rule_by(score.rule, policy=policy, language=language) if score else "",
        suggested=tuple(
            (agencies[each["agency"]], each["probability"])
            for each in (score.suggested if score else ())
            if each["agency"] in agencies
        ),
        closing=closing,
    )

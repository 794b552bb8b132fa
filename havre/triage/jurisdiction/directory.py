"""The agencies that a submission should go to. A part of actions, which write the line."""

from havre.agencies.reads import every_agency
from havre.identifiers.rules.submissions import find_in_submission
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import Submission
from havre.triage.jurisdiction.geo import hints_for
from havre.triage.jurisdiction.rules.ladder import AgencyFacts, Suggestion, suggest
from havre.triage.jurisdiction.rules.places import cities_of_force


def suggested_by(told: Submission) -> tuple[Suggestion, ...]:
    """The agencies that a submission should go to, by the places it tells of."""
    facts = [
        AgencyFacts(
            id=str(agency.pk),
            kind=agency.kind,
            regions=frozenset(agency.regions),
            default_for=frozenset(agency.default_for),
            cities=cities_of_force(agency.code),
            is_national_centre=agency.is_national_centre,
        )
        for agency in every_agency()
    ]
    found = find_in_submission(told)
    hints = hints_for(each.value for each in found if each.kind is Kind.IP)
    return tuple(suggest(told, found=found, agencies=facts, hints=hints))

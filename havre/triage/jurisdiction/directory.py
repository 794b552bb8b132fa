"""The agencies that a submission should go to. A part of actions, which write the line."""

from havre.agencies.models import Agency
from havre.identifiers.rules.submissions import find_in_submission
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import Submission
from havre.plumbing.pipes import ask_again
from havre.triage.jurisdiction.geo import hints_for
from havre.triage.jurisdiction.rules.ladder import AgencyFacts, Suggestion, suggest
from havre.triage.jurisdiction.rules.places import cities_of_force

# Another one with every row of the directory that is added, changed or gone.
AS_IT_STANDS = (
    "SELECT count(*), sum(hashtextextended(xmin::text || ctid::text, 0)::numeric)"
    " FROM agencies_agency"
)
_known: dict[tuple[object, ...], tuple[AgencyFacts, ...]] = {}


def suggested_by(told: Submission) -> tuple[Suggestion, ...]:
    """The agencies that a submission should go to, by the places it tells of."""
    found = find_in_submission(told)
    hints = hints_for(each.value for each in found if each.kind is Kind.IP)
    return tuple(suggest(told, found=found, agencies=_facts(), hints=hints))


def _facts() -> tuple[AgencyFacts, ...]:
    """What routing needs of every agency, as the directory stands in this transaction."""
    ((*stands,),) = ask_again(AS_IT_STANDS, {})
    version = tuple(stands)
    facts = _known.get(version)
    if facts is None:
        facts = tuple(_facts_of(agency) for agency in Agency.objects.all())
        _known.clear()
        _known[version] = facts
    return facts


def _facts_of(agency: Agency) -> AgencyFacts:
    return AgencyFacts(
        id=str(agency.pk),
        kind=agency.kind,
        regions=frozenset(agency.regions),
        default_for=frozenset(agency.default_for),
        cities=cities_of_force(agency.code),
        is_national_centre=agency.is_national_centre,
    )

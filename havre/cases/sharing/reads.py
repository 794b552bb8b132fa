"""Questions about who else may see a case."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from havre.agencies.models import Agency
from havre.agencies.reads import agencies_of_kinds
from havre.agencies.rules.words import AgencyKind
from havre.cases.models import Case, Grant
from havre.plumbing import clock
from havre.plumbing.values.written import written_once

PARTNERS = (
    AgencyKind.POLICE,
    AgencyKind.NATIONAL_CENTRE,
    AgencyKind.CHILD_WELFARE,
    AgencyKind.BORDER,
    AgencyKind.PROSECUTION,
    AgencyKind.FOREIGN,
)


def grants_of(case: Case) -> list[Grant]:
    """The grants of a case that are in force, oldest first."""
    return _in_force(case.pk, clock.now())


@written_once
def _in_force(case: UUID, now: datetime) -> QuerySet[Grant]:
    standing = Grant.objects.filter(case=case, withdrawn_at=None, until__gt=now)
    return standing.select_related("to_agency", "by")


def every_partner() -> list[Agency]:
    """The agencies that a case can be shared with or handed to, by code."""
    return agencies_of_kinds(PARTNERS)

"""What roles and compartments are called on a page, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.agencies.rules.permits import Compartment, Role

COMPARTMENTS: dict[str, Promise] = {
    Compartment.CONFLICT_OF_INTEREST: _("Conflict of interest"),
    Compartment.GENERAL: _("General"),
    Compartment.OWN_STAFF_NAMED: _("Own staff named"),
    Compartment.POLICE_NOTIFICATION: _("Police notified by the provider"),
    Compartment.TRAFFICKING: _("Trafficking"),
}
ROLES: dict[str, Promise] = {
    Role.AGENCY_SUPERVISOR: _("Agency supervisor"),
    Role.AUDITOR: _("Auditor"),
    Role.CHILD_WELFARE_WORKER: _("Child-welfare worker"),
    Role.CROWN_LIAISON: _("Crown liaison"),
    Role.DETECTIVE: _("Detective"),
    Role.FOREIGN_CLERK: _("Clerk of a partner abroad"),
    Role.INTERPRETER: _("Interpreter"),
    Role.MISSING_CHILDREN_OFFICER: _("Missing-children officer"),
    Role.NATIONAL_COORDINATOR: _("National coordinator"),
    Role.OUTREACH_OFFICER: _("Outreach officer"),
    Role.PLATFORM_ADMIN: _("Platform administrator"),
    Role.PRIVACY_OFFICER: _("Privacy officer"),
    Role.PROVIDER_ENGINEER: _("Engineer of a provider"),
    Role.RESEARCHER: _("Researcher"),
    Role.SUPERVISOR: _("Supervisor of the tipline"),
    Role.TIPLINE_ANALYST: _("Tipline analyst"),
    Role.WELFARE_OFFICER: _("Welfare officer"),
}

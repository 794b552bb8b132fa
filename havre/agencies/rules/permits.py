"""Who may do what, on one page. A lawyer should be able to check it."""

from enum import StrEnum


class Role(StrEnum):
    """What an officer is here to do."""

    AGENCY_SUPERVISOR = "agency-supervisor"
    AUDITOR = "auditor"
    CHILD_WELFARE_WORKER = "child-welfare-worker"
    CROWN_LIAISON = "crown-liaison"
    DETECTIVE = "detective"
    INTERPRETER = "interpreter"
    MISSING_CHILDREN_OFFICER = "missing-children-officer"
    NATIONAL_COORDINATOR = "national-coordinator"
    OUTREACH_OFFICER = "outreach-officer"
    PLATFORM_ADMIN = "platform-admin"
    PRIVACY_OFFICER = "privacy-officer"
    RESEARCHER = "researcher"
    SUPERVISOR = "supervisor"
    TIPLINE_ANALYST = "tipline-analyst"
    WELFARE_OFFICER = "welfare-officer"


class Compartment(StrEnum):
    """A part of the house that membership of the tipline alone does not open."""

    CONFLICT_OF_INTEREST = "conflict-of-interest"
    GENERAL = "general"
    OWN_STAFF_NAMED = "own-staff-named"
    POLICE_NOTIFICATION = "police-notification"
    TRAFFICKING = "trafficking"


class Permit(StrEnum):
    """One thing a person may do, named noun:verb."""

    ACCOUNT_KEEP = "account:keep"
    IDENTIFIER_UNMASK = "identifier:unmask"
    INBOX_READ = "inbox:read"
    LOG_READ = "log:read"
    QUEUE_READ = "queue:read"
    REFERRAL_ANSWER = "referral:answer"
    REFERRAL_READ = "referral:read"
    REPORT_ANSWER = "report:answer"
    REPORT_READ = "report:read"
    REPORT_REFER = "report:refer"


_DESK = frozenset(
    {
        Permit.ACCOUNT_KEEP,
        Permit.IDENTIFIER_UNMASK,
        Permit.QUEUE_READ,
        Permit.REPORT_ANSWER,
        Permit.REPORT_READ,
        Permit.REPORT_REFER,
    }
)
_INBOX = frozenset(
    {
        Permit.ACCOUNT_KEEP,
        Permit.IDENTIFIER_UNMASK,
        Permit.INBOX_READ,
        Permit.REFERRAL_ANSWER,
        Permit.REFERRAL_READ,
    }
)
_ACCOUNT = frozenset({Permit.ACCOUNT_KEEP})

PERMITS: dict[Role, frozenset[Permit]] = {
    Role.AGENCY_SUPERVISOR: _INBOX,
    Role.AUDITOR: _ACCOUNT | {Permit.LOG_READ},
    Role.CHILD_WELFARE_WORKER: _INBOX,
    Role.CROWN_LIAISON: _ACCOUNT | {Permit.INBOX_READ, Permit.REFERRAL_READ},
    Role.DETECTIVE: _INBOX,
    Role.INTERPRETER: _ACCOUNT,
    Role.MISSING_CHILDREN_OFFICER: _ACCOUNT,
    Role.NATIONAL_COORDINATOR: _INBOX,
    Role.OUTREACH_OFFICER: _ACCOUNT,
    Role.PLATFORM_ADMIN: _ACCOUNT,
    Role.PRIVACY_OFFICER: _ACCOUNT | {Permit.LOG_READ},
    Role.RESEARCHER: _ACCOUNT,
    Role.SUPERVISOR: _DESK,
    Role.TIPLINE_ANALYST: _DESK,
    Role.WELFARE_OFFICER: _ACCOUNT,
}

# Roles that work the tipline's own desk. Everybody else there sees what is sent to them.
DESK_ROLES = frozenset({Role.SUPERVISOR, Role.TIPLINE_ANALYST})


def may(role: Role, permit: Permit) -> bool:
    """Whether a role holds a permit."""
    return permit in PERMITS[role]

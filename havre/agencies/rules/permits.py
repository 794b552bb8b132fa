"""Who may do what, on one page. A lawyer should be able to check it."""

from collections.abc import Collection, Iterable
from enum import StrEnum

from havre.agencies.rules.words import AgencyKind


class Role(StrEnum):
    """What an officer is here to do."""

    AGENCY_SUPERVISOR = "agency-supervisor"
    AUDITOR = "auditor"
    CHILD_WELFARE_WORKER = "child-welfare-worker"
    CROWN_LIAISON = "crown-liaison"
    DETECTIVE = "detective"
    FOREIGN_CLERK = "foreign-clerk"
    INTERPRETER = "interpreter"
    MISSING_CHILDREN_OFFICER = "missing-children-officer"
    NATIONAL_COORDINATOR = "national-coordinator"
    OUTREACH_OFFICER = "outreach-officer"
    PLATFORM_ADMIN = "platform-admin"
    PRIVACY_OFFICER = "privacy-officer"
    PROVIDER_ENGINEER = "provider-engineer"
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


# What a provider told a police service itself: nobody of the tipline is ever given it.
GIVEN_TO_NOBODY = frozenset({Compartment.POLICE_NOTIFICATION})


class Permit(StrEnum):
    """One thing a person may do, named noun:verb."""

    ACCOUNT_KEEP = "account:keep"
    ALARM_READ = "alarm:read"
    ANNUAL_READ = "annual:read"
    ANNUAL_WRITE = "annual:write"
    BULLETIN_POST = "bulletin:post"
    BULLETIN_READ = "bulletin:read"
    CASE_LEAD = "case:lead"
    CASE_READ = "case:read"
    CASE_WRITE = "case:write"
    CLAIM_RELEASE = "claim:release"
    CONSOLE_USE = "console:use"
    DECISION_REVIEW = "decision:review"
    DISPATCH_READ = "dispatch:read"
    DISPATCH_WRITE = "dispatch:write"
    EXCHANGE_DECIDE = "exchange:decide"
    EXCHANGE_READ = "exchange:read"
    EXCHANGE_WRITE = "exchange:write"
    FILTER_KEEP = "filter:keep"
    FILTER_SHARE = "filter:share"
    GAPS_READ = "gaps:read"
    IDENTIFIER_UNMASK = "identifier:unmask"
    IDENTITY_GIVE = "identity:give"
    IDENTITY_READ = "identity:read"
    INBOX_READ = "inbox:read"
    KEYS_KEEP = "keys:keep"
    LEGAL_DUTIES_KEEP = "legal-duties:keep"
    LINK_JUDGE = "link:judge"
    LOG_READ = "log:read"
    MEASURES_READ = "measures:read"
    NOTICE_KEEP = "notice:keep"
    NOTIFICATION_READ = "notification:read"
    NOTIFICATION_WRITE = "notification:write"
    OFFICERS_KEEP = "officers:keep"
    PAGE_ANSWER = "page:answer"
    PARTNERS_KEEP = "partners:keep"
    PASSED_READ = "passed:read"
    POLICY_KEEP = "policy:keep"
    POLICY_READ = "policy:read"
    PROVIDERS_KEEP = "providers:keep"
    QUEUE_READ = "queue:read"
    REFERRAL_ANSWER = "referral:answer"
    REFERRAL_READ = "referral:read"
    REPORT_ANSWER = "report:answer"
    REPORT_CLASSIFY = "report:classify"
    REPORT_CLOSE = "report:close"
    REPORT_ENRICH = "report:enrich"
    REPORT_RANK = "report:rank"
    REPORT_READ = "report:read"
    REPORT_REFER = "report:refer"
    REPORT_SPLIT = "report:split"
    REPORT_TAKE = "report:take"
    REPORT_TRANSLATE = "report:translate"
    ROTA_KEEP = "rota:keep"
    ROTA_READ = "rota:read"
    SHEET_READ = "sheet:read"
    SHEET_WRITE = "sheet:write"
    SILENT_GRANT = "silent:grant"
    WATCH_KEEP = "watch:keep"


_DESK = frozenset(
    {
        Permit.ACCOUNT_KEEP,
        Permit.ALARM_READ,
        Permit.DECISION_REVIEW,
        Permit.FILTER_KEEP,
        Permit.IDENTIFIER_UNMASK,
        Permit.LINK_JUDGE,
        Permit.PAGE_ANSWER,
        Permit.POLICY_READ,
        Permit.QUEUE_READ,
        Permit.REPORT_ANSWER,
        Permit.REPORT_CLASSIFY,
        Permit.REPORT_CLOSE,
        Permit.REPORT_ENRICH,
        Permit.REPORT_RANK,
        Permit.REPORT_READ,
        Permit.REPORT_REFER,
        Permit.REPORT_SPLIT,
        Permit.REPORT_TAKE,
        Permit.REPORT_TRANSLATE,
        Permit.ROTA_READ,
    }
)
_INBOX = frozenset(
    {
        Permit.ACCOUNT_KEEP,
        Permit.ALARM_READ,
        Permit.IDENTIFIER_UNMASK,
        Permit.IDENTITY_READ,
        Permit.INBOX_READ,
        Permit.REFERRAL_ANSWER,
        Permit.REFERRAL_READ,
        Permit.ROTA_READ,
    }
)
_CASES = frozenset({Permit.CASE_LEAD, Permit.CASE_READ, Permit.CASE_WRITE, Permit.WATCH_KEEP})
_BOARD = frozenset({Permit.BULLETIN_POST, Permit.BULLETIN_READ})
_POLICE = frozenset({Permit.NOTIFICATION_READ, Permit.PASSED_READ})
_ACCOUNT = frozenset({Permit.ACCOUNT_KEEP})

PERMITS: dict[Role, frozenset[Permit]] = {
    Role.AGENCY_SUPERVISOR: _INBOX
    | _CASES
    | _BOARD
    | _POLICE
    | {Permit.KEYS_KEEP, Permit.NOTICE_KEEP, Permit.OFFICERS_KEEP, Permit.ROTA_KEEP},
    Role.AUDITOR: _ACCOUNT | {Permit.ANNUAL_READ, Permit.LOG_READ},
    Role.CHILD_WELFARE_WORKER: _INBOX,
    Role.CROWN_LIAISON: _ACCOUNT | {Permit.CASE_READ, Permit.INBOX_READ, Permit.REFERRAL_READ},
    Role.DETECTIVE: _INBOX | _CASES | _POLICE | {Permit.BULLETIN_READ},
    # Of a partner abroad: sees what was released to the own agency, and nothing of the country's.
    Role.FOREIGN_CLERK: _ACCOUNT | {Permit.DISPATCH_READ, Permit.DISPATCH_WRITE},
    # Sees the words of a report in a language that they read, and nothing else of it.
    Role.INTERPRETER: _ACCOUNT | {Permit.SHEET_READ, Permit.SHEET_WRITE},
    Role.MISSING_CHILDREN_OFFICER: _ACCOUNT,
    Role.NATIONAL_COORDINATOR: _INBOX
    | _CASES
    | _BOARD
    | {
        Permit.ANNUAL_READ,
        Permit.EXCHANGE_DECIDE,
        Permit.EXCHANGE_READ,
        Permit.EXCHANGE_WRITE,
        Permit.GAPS_READ,
        Permit.NOTICE_KEEP,
        Permit.PAGE_ANSWER,
        Permit.POLICY_KEEP,
        Permit.POLICY_READ,
        Permit.ROTA_KEEP,
        Permit.SILENT_GRANT,
    },
    Role.OUTREACH_OFFICER: _ACCOUNT,
    Role.PLATFORM_ADMIN: _ACCOUNT | {Permit.OFFICERS_KEEP, Permit.PROVIDERS_KEEP},
    Role.PRIVACY_OFFICER: _ACCOUNT | {Permit.ANNUAL_READ, Permit.LOG_READ},
    Role.PROVIDER_ENGINEER: _ACCOUNT | {Permit.CONSOLE_USE, Permit.NOTIFICATION_WRITE},
    Role.RESEARCHER: _ACCOUNT,
    Role.SUPERVISOR: _DESK
    | {
        Permit.ANNUAL_READ,
        Permit.ANNUAL_WRITE,
        Permit.CLAIM_RELEASE,
        Permit.FILTER_SHARE,
        Permit.IDENTITY_GIVE,
        Permit.LEGAL_DUTIES_KEEP,
        Permit.MEASURES_READ,
        Permit.OFFICERS_KEEP,
        Permit.PARTNERS_KEEP,
        Permit.POLICY_KEEP,
        Permit.ROTA_KEEP,
    },
    Role.TIPLINE_ANALYST: _DESK,
    Role.WELFARE_OFFICER: _ACCOUNT,
}

# Outside the tipline's desk these alone are let into a compartment, and into no other one.
_ON_TRAFFICKING = frozenset({Compartment.TRAFFICKING})
LET_IN: dict[Role, frozenset[Compartment]] = {
    Role.AGENCY_SUPERVISOR: _ON_TRAFFICKING,
    Role.DETECTIVE: _ON_TRAFFICKING,
    Role.FOREIGN_CLERK: _ON_TRAFFICKING,
    Role.INTERPRETER: _ON_TRAFFICKING,
    Role.NATIONAL_COORDINATOR: _ON_TRAFFICKING,
}

# Roles that work the tipline's own desk. Everybody else there sees what is sent to them.
DESK_ROLES = frozenset({Role.SUPERVISOR, Role.TIPLINE_ANALYST})

_ELSEWHERE = frozenset(AgencyKind) - {AgencyKind.TIPLINE}
_WATCHERS = frozenset({AgencyKind.OVERSIGHT, AgencyKind.TIPLINE})

# Where a role may stand, by what kind of body its agency is. What is not here may stand anywhere.
PLACES: dict[Role, Collection[AgencyKind]] = {
    Role.AGENCY_SUPERVISOR: _ELSEWHERE,
    Role.AUDITOR: _WATCHERS,
    Role.CHILD_WELFARE_WORKER: _ELSEWHERE,
    Role.CROWN_LIAISON: _ELSEWHERE,
    Role.DETECTIVE: _ELSEWHERE,
    Role.FOREIGN_CLERK: {AgencyKind.FOREIGN, AgencyKind.HOTLINE},
    Role.INTERPRETER: {AgencyKind.TIPLINE},
    Role.NATIONAL_COORDINATOR: {AgencyKind.NATIONAL_CENTRE},
    Role.PLATFORM_ADMIN: {AgencyKind.TIPLINE},
    Role.PRIVACY_OFFICER: _WATCHERS,
    # A guest of the house: sees what the own provider sent, and nothing of the tipline.
    Role.PROVIDER_ENGINEER: {AgencyKind.TIPLINE},
    Role.SUPERVISOR: {AgencyKind.TIPLINE},
    Role.TIPLINE_ANALYST: {AgencyKind.TIPLINE},
}


class WrongPlaceError(ValueError):
    """A role was to be given in an agency that has no such role."""


def stands_at(role: Role, kind: AgencyKind) -> bool:
    """Whether an agency of this kind may have officers of this role."""
    return role not in PLACES or kind in PLACES[role]


def languages_given(role: Role, codes: Iterable[str]) -> list[str]:
    """The languages that an officer of a role interprets: interpreters those given, others none."""
    return sorted(set(codes)) if role is Role.INTERPRETER else []


def may(role: Role, permit: Permit) -> bool:
    """Whether a role holds a permit."""
    return permit in PERMITS[role]

"""Opening a case, looking at it, moving it on, and saying who is in it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Event, Station
from havre.cases.keeping import next_number, note_on
from havre.cases.models import Case, Member
from havre.cases.reads import (
    CasePage,
    Standing,
    access_to,
    case_by_reference,
    case_to_lead,
    cases_of,
    standing_of,
    who_could_join,
)
from havre.cases.requests.reads import overdue_requests
from havre.cases.rules.access import CaseRole, check_keeps_a_lead
from havre.cases.rules.states import CaseState, ClosingReason, Life, Move, moved
from havre.cases.sealed import case_key, case_keys, open_words, seal_words, wrap_case_key
from havre.intake.actions import REFERENCE_BYTES
from havre.intake.rules.receipts import reference_of
from havre.intake.rules.submission import AgeClass
from havre.links.watches.reads import alerts_waiting
from havre.plumbing import clock, ids
from havre.plumbing.context import acting_as
from havre.plumbing.sealing import new_data_key


@dataclass(frozen=True, slots=True, kw_only=True)
class TitledCases:
    """A page of cases with their titles opened, by id; one whose key is gone has none."""

    page: CasePage
    titles: dict[UUID, str]
    overdue_requests: int
    # Alerts of the watch list that wait for a word.
    alerts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedCase:
    """A case as its reader may see it, with the key that opens what is sealed in it."""

    case: Case
    title: str
    key: bytes
    standing: Standing


@action(Event.CASE_OPENED)
def open_case(
    title: str,
    *,
    restricted: bool = False,
    subject_age_class: AgeClass = AgeClass.UNKNOWN,
    by: Officer,
) -> Case:
    """Open an investigation of one's own agency. Whoever opens it leads it."""
    now, key = clock.now(), new_data_key()
    year = now.astimezone(clock.LEGAL_ZONE).year
    case = Case(
        id=ids.uuid7(),
        reference=f"C{reference_of(ids.random_bytes(REFERENCE_BYTES))[1:]}",
        agency=by.agency,
        year=year,
        number=next_number(by.agency, year),
        restricted=restricted,
        readers=[by.signature],
        subject_age_class=subject_age_class,
        opened_at=now,
        opened_by=by,
        changed_at=now,
    )
    case.title = seal_words(case, title, key=key, column="title", row=case.pk)
    case.save(force_insert=True)
    wrap_case_key(case, key, agency=by.agency_id)
    Member(
        id=ids.uuid7(), case=case, officer=by, agency=by.agency, role=CaseRole.LEAD, since=now
    ).save(force_insert=True)
    note_on(case, Event.CASE_OPENED, by=by, restricted=restricted)
    return case


@action(Event.CASES_READ)
def read_cases(*, state: str = "", whose: str = "", after: str = "", by: Officer) -> TitledCases:
    """Look at a page of the cases that one may see."""
    page = cases_of(by, state=state, whose=whose, after=after)
    opened = case_keys(page.cases, by=by)
    titles = {
        case.pk: open_words(case, case.title, key=opened[case.pk], column="title", row=case.pk)
        for case in page.cases
        if case.pk in opened
    }
    record(Event.CASES_READ, about_kind="cases", about=by.agency_id, by=by, rows=len(page.cases))
    return TitledCases(
        page=page,
        titles=titles,
        overdue_requests=overdue_requests(by),
        alerts=alerts_waiting(actor=by),
    )


@action(Event.CASE_READ)
def look_at_case(reference: str, *, by: Officer) -> OpenedCase:
    """Look at a case. Every look is logged.

    Raises Case.DoesNotExist, and KeyRefusedError when its key is gone.
    """
    case = case_by_reference(reference, actor=by)
    standing, key = standing_of(by, case), case_key(case, by=by)
    note_on(case, Event.CASE_READ, by=by)
    title = open_words(case, case.title, key=key, column="title", row=case.pk)
    return OpenedCase(case=case, title=title, key=key, standing=standing)


@action(Event.CASE_MOVED)
def move_case(
    reference: str, move: Move, *, because: ClosingReason | None = None, by: Officer
) -> Case:
    """Move a case on: work on it, let it rest, close it with a reason, open it again.

    Raises CaseStateError when it stands elsewhere by now, Case.DoesNotExist for who does not lead.
    """
    case = case_to_lead(reference, by=by)
    reason = ClosingReason(case.because) if case.because else None
    after = moved(Life(CaseState(case.state), reason, case.times_reopened), move, because=because)
    case.state, case.because = after.state, after.because or ""
    case.times_reopened, case.changed_at = after.times_reopened, clock.now()
    case.save(update_fields=["state", "because", "times_reopened", "changed_at"])
    note_on(case, Event.CASE_MOVED, by=by, move=move, because=because)
    return case


@action(Event.CASE_MARKED)
def mark_case(reference: str, *, restricted: bool, for_court: bool, by: Officer) -> Case:
    """Say whether a case is for its members alone, and whether the Crown liaison reads it.

    Raises NoLeadError when nobody of its agency would be left to lead a restricted case.
    """
    case = case_to_lead(reference, by=by)
    case.restricted, case.for_court = restricted, for_court
    joins = restricted and by.signature not in case.readers
    _check_members(case, {by.pk: (by.agency_id, CaseRole.LEAD)} if joins else {})
    if joins:
        _join(case, by, CaseRole.LEAD)
    case.save(update_fields=["restricted", "for_court", "readers"])
    note_on(case, Event.CASE_MARKED, by=by, restricted=restricted, for_court=for_court)
    return case


@action(Event.CASE_MEMBER_ADDED)
def add_member(reference: str, officer: UUID, *, role: CaseRole, by: Officer) -> Member:
    """Make an officer a member of a case, or give a member another role.

    Raises Officer.DoesNotExist for somebody who could not join, NoLeadError.
    """
    case = case_to_lead(reference, by=by)
    standing = Member.objects.filter(case=case, officer=officer, until=None).first()
    if standing is not None:
        _check_members(case, {officer: (standing.agency_id, role)})
        standing.role = role
        standing.save(update_fields=["role"])
    else:
        joining = {one.pk: one for one in who_could_join(access_to(case))}.get(officer)
        if joining is None:
            raise Officer.DoesNotExist
        standing = _join(case, joining, role)
    case.save(update_fields=["readers"])
    note_on(case, Event.CASE_MEMBER_ADDED, by=by, officer=str(officer), role=role)
    return standing


@action(Event.CASE_MEMBER_LEFT)
def end_membership(reference: str, member: UUID, *, by: Officer) -> None:
    """Take a member off a case. Raises Member.DoesNotExist, NoLeadError."""
    case = case_to_lead(reference, by=by)
    leaving = Member.objects.select_related("officer").get(case=case, pk=member, until=None)
    _check_members(case, {leaving.officer_id: None})
    leaving.until = clock.now()
    leaving.save(update_fields=["until"])
    case.readers = [one for one in case.readers if one != leaving.officer.signature]
    note_on(case, Event.CASE_MEMBER_LEFT, by=by, officer=str(leaving.officer_id))
    # Last: whoever takes himself off a restricted case does not see it from here on.
    with acting_as(Station.PIPELINE.context):
        case.save(update_fields=["readers"])


def _check_members(case: Case, changes: Mapping[UUID, tuple[UUID, CaseRole] | None]) -> None:
    """Ask before anything is written: a door keeps what was written before a refusal."""
    access = access_to(case)
    members = dict(access.members)
    for officer, place in changes.items():
        members.pop(str(officer), None)
        if place is not None:
            members[str(officer)] = (str(place[0]), place[1])
    check_keeps_a_lead(replace(access, members=members))


def _join(case: Case, officer: Officer, role: CaseRole) -> Member:
    member = Member(
        id=ids.uuid7(),
        case=case,
        officer=officer,
        agency_id=officer.agency_id,
        role=role,
        since=clock.now(),
    )
    member.save(force_insert=True)
    case.readers = [*case.readers, officer.signature]
    return member

"""Looking at what somebody leaves behind, and what is given to others by itself."""

from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Event, Station
from havre.cases.leaving.reads import (
    LeftPage,
    cases_nobody_else_reads,
    page_of_left,
    who_takes_over,
)
from havre.cases.models import Member
from havre.cases.rules.access import CaseRole
from havre.plumbing import clock, ids


@action(Event.SECONDMENT_READ)
def read_left(secondment_id: UUID, *, by: Officer) -> LeftPage:
    """Look at what stands in the hands of an officer who is here on secondment.

    Raises Secondment.DoesNotExist but for the host agency.
    """
    page = page_of_left(secondment_id, actor=by)
    record(
        Event.SECONDMENT_READ,
        about_kind="secondment",
        about=secondment_id,
        by=by,
        left=len(page.things),
    )
    return page


@action(Event.CASE_MEMBER_ADDED)
def hand_over_cases(place: Officer, *, by: Station) -> None:
    """Let a supervisor lead the restricted cases that nobody else could open. Safe to repeat.

    Raises Officer.DoesNotExist where there is none.
    """
    heir = who_takes_over(place)
    if heir is None:
        raise Officer.DoesNotExist
    for case in cases_nobody_else_reads(place, actor=by):
        Member(
            id=ids.uuid7(),
            case=case,
            officer=heir,
            agency_id=place.agency_id,
            role=CaseRole.LEAD,
            since=clock.now(),
        ).save(force_insert=True)
        case.readers = [*case.readers, heir.signature]
        case.save(update_fields=["readers"])
        record(
            Event.CASE_MEMBER_ADDED,
            about_kind="case",
            about=case.pk,
            by=by,
            officer=str(heir.pk),
            role=CaseRole.LEAD,
        )

"""The cases that callers ask for at doors, and what they would send there."""

from datetime import timedelta
from uuid import uuid4

from havre.agencies.models import Agency, Officer
from havre.cases.actions import open_case
from havre.cases.contents.actions import (
    add_identifier,
    add_note,
    add_person,
    link_report,
    read_case,
    set_task,
)
from havre.cases.models import Case, Member
from havre.cases.operations.actions import (
    add_target,
    invite_partner,
    plan_operation,
    read_operation,
)
from havre.cases.requests.actions import draft_request
from havre.cases.requests.models import LegalRequest
from havre.cases.requests.reads import today
from havre.cases.requests.rules.kinds import RequestKind
from havre.cases.rules.access import Part
from havre.cases.sharing.actions import share_case
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import PersonRole
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.scopes import Context, Scope
from tests.house.worlds import World

PARTNER = "isle-police"
CASE_DOORS = {
    "case",
    "case_timeline",
    "change_case",
    "end_share",
    "exhibit_case",
    "finish_case_task",
    "pass_case_on",
    "identify_person",
    "join_case",
    "leave_case",
    "new_request",
    "note_case",
    "person_case",
    "reopen_case_task",
    "report_case",
    "share",
    "show_person",
    "take_out_of_case",
    "task_case",
    "wall_case",
    "watch_somebody",
}
REQUEST_DOORS = {
    "legal_request",
    "request_paper",
    "request_sent",
    "request_settled",
    "save_request",
}
OPERATION_DOORS = {
    "agency_leaves",
    "change_operation",
    "invite_agency",
    "operation",
    "operation_days",
    "operation_out",
    "target_operation",
    "target_progress",
}
Parts = dict[str, object]


A_REQUEST = {
    "kind": RequestKind.PRESERVATION_DEMAND,
    "provider": "bell",
    "addressee": "",
    "sought": "The account dock_master.",
    "grounds": "He asked her to meet.",
}


def cases_by_whose(world: World, reports: dict[str, str]) -> dict[str, Parts]:
    """A case of A alone, one of A with B, one of B alone, and none; each with its parts."""
    harbor, valley = world.officers
    own = _an_operation(world.officers[harbor], world.cases[harbor])
    shared = _an_operation(world.officers[harbor], world.cases[harbor], valley)
    other = _an_operation(world.officers[valley], world.cases[valley])
    nothing = dict.fromkeys(("task", "person", "member", "exhibit", "grant"), uuid4())
    return {
        "own": {**_a_case(world.officers[harbor], reports["own"]), **own},
        "shared": {**_parts_of(world.cases[harbor], world.officers[harbor]), **shared},
        "other": {**_a_case(world.officers[valley], reports["other"]), **other},
        "missing": {
            **nothing,
            "case": "C-0000-0000",
            "report": "R-0000-0000",
            "request": "L-0000-0000",
            "operation": "O-0000-0000",
            "partner": uuid4(),
            "target": uuid4(),
        },
    }


def _an_operation(lead: Officer, case: str, *others: Agency) -> Parts:
    operation = plan_operation("The pier", "Harbor Chat", by=lead)
    for agency in (Agency.objects.get(code=PARTNER), *others):
        invite_partner(operation.reference, to=agency, by=lead)
    target = add_target(operation.reference, case, by=lead)
    opened = read_operation(operation.reference, by=lead)
    return {
        "operation": operation.reference,
        "target": target.pk,
        "partner": opened.partners[0].pk,
    }


def _a_case(lead: Officer, report: str) -> Parts:
    case = open_case("The ferry", by=lead).reference
    add_note(case, "He was seen at noon.", by=lead)
    set_task(case, "Ask for the list.", by=lead)
    person = add_person(case, "Robin Example", role=PersonRole.VICTIM, by=lead)
    add_identifier(case, person.pk, "robin@example.com", kind=Kind.EMAIL, by=lead)
    link_report(case, report, by=lead)
    draft_request(case, **A_REQUEST, by=lead)
    partner = Agency.objects.get(code=PARTNER)
    until = clock.now() + timedelta(days=30)
    grant = share_case(case, to=partner, until=until, parts=[Part.NOTES], by=lead)
    return {**_parts_of(case, lead), "grant": grant.pk, "report": report}


def _parts_of(case: str, lead: Officer) -> Parts:
    found = read_case(case, by=lead)
    with acting_as(Context(actor="test", scope=Scope.WORK)):
        member = Member.objects.get(case=Case.objects.get(reference=case))
        request = LegalRequest.objects.get(case=member.case_id)
    return {
        "case": case,
        "exhibit": next((one.pk for one in found.takeable), uuid4()),
        "grant": uuid4(),
        "member": member.pk,
        "person": found.people[0].person.pk,
        "request": request.reference,
        "report": found.reports[0].link.reference,
        "task": found.tasks[0][0].pk,
    }


def typed_in_a_case(parts: Parts, joining: Officer) -> dict[str, dict[str, object]]:
    """What somebody who may would send to each door of a case: every field of its form."""
    day = (clock.now() + timedelta(days=10)).date().isoformat()
    return {
        "case_search": {"text": "Robin Example"},
        "change_case": {"move": "close", "because": "not-enough"},
        "end_share": {"grant": parts["grant"]},
        "exhibit_case": {"exhibit": parts["exhibit"]},
        **{name: {"task": parts["task"]} for name in ("finish_case_task", "reopen_case_task")},
        "pass_case_on": {"to": PARTNER},
        "identify_person": {
            "person": parts["person"],
            "kind": "phone",
            "platform": "",
            "value": "204-555-0177",
            "legal_basis": "voluntary",
        },
        "join_case": {"officer": joining.pk, "role": "investigator"},
        "leave_case": {"member": parts["member"]},
        "new_case": {
            "title": "The pier",
            "subject_age_class": "unknown",
            "restricted": "",
            "report": "",
        },
        "agency_leaves": {"partner": parts["partner"]},
        "change_operation": {"course": "start"},
        "invite_agency": {"to": "national"},
        "new_operation": {"name": "Fog", "aim": "The pier", "embargo_until": "", "joint_day": ""},
        "operation_days": {"embargo_until": "", "joint_day": day},
        "operation_out": {"until": day},
        "target_operation": {"called": parts["report"], "to": ""},
        "target_progress": {"target": parts["target"], "state": "ready"},
        "new_request": A_REQUEST,
        "request_sent": {"sent_on": today().isoformat(), "answer_by": "", "order_number": "7"},
        "request_settled": {"step": "withdraw", "outcome": "Not needed."},
        "save_request": {**A_REQUEST, "provider": "", "addressee": "Harbor Chat, 1 Pier Road"},
        "note_case": {"text": "He was seen again."},
        "person_case": {"name": "A. Roy", "role": "suspect", "age_class": "adult"},
        "report_case": {"report": parts["report"]},
        "share": {"to": PARTNER, "kind": "joint", "parts": ["notes"], "until": day},
        "show_person": {"person": parts["person"]},
        "take_out_of_case": {"what": f"person:{parts['person']}", "why": "Somebody else."},
        "task_case": {"what": "Ask again.", "due": day, "assigned_to": ""},
        "wall_case": {"restricted": "", "for_court": "on"},
        "watch_somebody": {"person": parts["person"]},
    }

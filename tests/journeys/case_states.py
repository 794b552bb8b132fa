"""The pages of cases, in every state they can be in."""

from contextlib import suppress
from datetime import timedelta

from havre.agencies.reads import agency_by_code
from havre.cases.actions import open_case
from havre.cases.contents.actions import (
    add_identifier,
    add_note,
    add_person,
    set_task,
)
from havre.cases.operations.actions import add_target, invite_partner, plan_operation
from havre.cases.requests.actions import draft_request
from havre.cases.requests.rules.kinds import RequestKind
from havre.cases.rules.access import Part
from havre.cases.sharing.actions import share_case
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import PersonRole
from havre.links.silent.actions import Asked, ask_for_silent_watch, decide_silent_watch
from havre.links.watches.actions import Terms, add_watch
from havre.links.watches.reads import today
from havre.links.watches.rules import AlreadyWatchedError, Authority, Purpose, Tells
from havre.plumbing import clock
from tests.journeys.town import COORDINATOR, DETECTIVE
from tests.journeys.visits import Reach, State, Visit, opened

PARTNER = "anishinabek-police"
CASE_BUTTONS = {
    "change_case",
    "end_share",
    "exhibit_case",
    "finish_case_task",
    "pass_case_on",
    "identify_person",
    "join_case",
    "leave_case",
    "note_case",
    "person_case",
    "reopen_case_task",
    "report_case",
    "share",
    "show_person",
    "agency_leaves",
    "change_operation",
    "invite_agency",
    "operation_days",
    "operation_out",
    "target_operation",
    "target_progress",
    "request_sent",
    "request_settled",
    "save_request",
    "task_case",
    "wall_case",
    "answer_alert",
    "end_watch",
    "renew_watch",
    "end_silent_watch",
    "mark_silent_alert",
    "prolong_silent_watch",
    "watch_somebody",
}


def a_full_case(visit: Visit) -> None:
    """The page of a case with one of everything, led by who looks at it."""
    lead = visit.town.officers[DETECTIVE]
    case = open_case("The man at the pier", by=lead).reference
    add_note(case, "Seen at the ferry.", by=lead)
    set_task(case, "Ask for the list.", due=clock.now().date(), assigned_to=lead.pk, by=lead)
    for name, role in (("A. Roy", PersonRole.SUSPECT), ("Robin Example", PersonRole.VICTIM)):
        person = add_person(case, name, role=role, by=lead)
        add_identifier(case, person.pk, "204-555-0142", kind=Kind.PHONE, by=lead)
    draft_request(
        case,
        kind=RequestKind.PRESERVATION_DEMAND,
        sought="The account dock_master, from 1 to 22 November.",
        provider="bell",
        by=lead,
    )
    until = clock.now() + timedelta(days=30)
    share_case(case, to=agency_by_code(PARTNER), until=until, parts=[Part.NOTES], by=lead)
    visit.go("case", reference=case)


def a_draft(visit: Visit) -> None:
    """The page of a legal request in a case with one of everything."""
    a_full_case(visit)
    visit.press("section[aria-labelledby=requests] p a")


def a_sent_request(visit: Visit) -> None:
    a_draft(visit)
    visit.press("form[action$=sent] .btn, form[action$=envoi] .btn")


def send_on_no_day(visit: Visit) -> None:
    a_draft(visit)
    visit.fill("[name=sent_on]", "")
    visit.press("form[action$=sent] .btn, form[action$=envoi] .btn")


def draft_nothing(visit: Visit) -> None:
    a_full_case(visit)
    visit.press("a[href$='requests/new'], a[href$='demandes/nouvelle']")
    visit.press()


def open_the_draft_form(visit: Visit) -> None:
    a_full_case(visit)
    visit.press("a[href$='requests/new'], a[href$='demandes/nouvelle']")


def take_a_mistake_out(visit: Visit) -> None:
    a_full_case(visit)
    visit.press("a[href$='take-out'], a[href$='retrait']")


def take_nothing_out(visit: Visit) -> None:
    take_a_mistake_out(visit)
    visit.press("form:has(#takeout_what) .btn")


def requests_of_all(visit: Visit) -> None:
    a_full_case(visit)
    visit.go("requests")


def none_refused(visit: Visit) -> None:
    visit.page.goto(f"{visit.town.at('requests', visit.language)}?which=settled")


def an_operation(visit: Visit) -> None:
    """The page of an operation with a partner and a target, led by who looks at it."""
    lead = visit.town.officers[DETECTIVE]
    case = open_case("The man at the pier", by=lead).reference
    later = clock.now() + timedelta(days=3)
    made = plan_operation("Lighthouse", "Harbor Chat", embargo_until=later, by=lead).reference
    invite_partner(made, to=agency_by_code(PARTNER), by=lead)
    add_target(made, case, by=lead)
    visit.go("operation", reference=made)


def add_no_target(visit: Visit) -> None:
    an_operation(visit)
    visit.page.locator("details:has([name=called]) summary").click()
    visit.press("form:has([name=called]) .btn")


def operations_of_all(visit: Visit) -> None:
    an_operation(visit)
    visit.go("operations")


def plan_nothing(visit: Visit) -> None:
    visit.go("new_operation")
    visit.press()


def a_long_story(visit: Visit) -> None:
    a_full_case(visit)
    visit.press("a[href$=timeline], a[href$=chronologie]")


def a_watch(visit: Visit) -> None:
    """The watch list with somebody of a case on it, who is in a report by then."""
    a_full_case(visit)
    visit.press("form[action$='people/watch'] .btn, form[action$='personnes/veiller'] .btn")
    visit.go("watches")


def an_alert(visit: Visit) -> None:
    """The alerts of a watch that a report has met."""
    terms = Terms(
        until=today() + timedelta(days=10),
        purpose=Purpose.INVESTIGATION,
        authority=Authority.DUTY,
        tells=Tells.CENTRE,
    )
    lead = visit.town.officers[DETECTIVE]
    # In the other language it stands already.
    with suppress(AlreadyWatchedError):
        add_watch("dock.master@example.com", kind=Kind.EMAIL, terms=terms, by=lead)
    visit.go("watch_alerts")


def something_quiet(visit: Visit) -> None:
    """An agency keeps something quiet, has an alert of it, and asks for more."""
    lead = visit.town.officers[DETECTIVE]
    terms = Asked(
        until=today() + timedelta(days=10), authority=Authority.DUTY, reason="An account of ours."
    )
    # In the other language they stand already.
    with suppress(AlreadyWatchedError):
        for value in ("dock.master@example.com", "grebe@example.com"):
            watch = ask_for_silent_watch(value, kind=Kind.EMAIL, terms=terms, by=lead)
            if value.startswith("dock"):
                decide_silent_watch(
                    watch.reference, refusal=None, by=visit.town.officers[COORDINATOR]
                )


def what_is_quiet(visit: Visit) -> None:
    something_quiet(visit)
    visit.go("silent_watches")


def what_is_asked(visit: Visit) -> None:
    something_quiet(visit)
    visit.go("silent_requests")


def quiet_nothing(visit: Visit) -> None:
    visit.go("new_silent_watch")
    visit.press()


def watch_nothing(visit: Visit) -> None:
    visit.go("new_watch")
    visit.press()


def bring_no_list(visit: Visit) -> None:
    visit.go("bring_watches")
    visit.press()


def note_nothing(visit: Visit) -> None:
    a_full_case(visit)
    visit.press("form:has(#note_text) .btn")


def open_nothing(visit: Visit) -> None:
    visit.go("new_case")
    visit.press()


def open_one(visit: Visit) -> None:
    visit.go("new_case")
    visit.fill("[name=title]", "The man at the pier")
    visit.page.locator("[name=subject_age_class]").select_option("unknown")
    visit.press()


def none_dormant(visit: Visit) -> None:
    visit.page.goto(f"{visit.town.at('cases', visit.language)}?state=dormant")


def search_for(text: str) -> Reach:
    def reach(visit: Visit) -> None:
        a_full_case(visit)
        visit.go("case_search")
        visit.fill("[name=text]", text)
        visit.press()

    return reach


CASES = (
    opened("case_search", DETECTIVE),
    State("case_search", "filled", search_for("Roy, A."), DETECTIVE),
    State("case_search", "empty", search_for("204-555-0199"), DETECTIVE),
    State("case_search", "in error", search_for(""), DETECTIVE, 422),
    State("new_case", "in error", open_nothing, DETECTIVE, 422),
    opened("new_case", DETECTIVE),
    State("case", "just opened", open_one, DETECTIVE),
    State("case", "full", a_full_case, DETECTIVE),
    State("legal_request", "draft", a_draft, DETECTIVE),
    State("legal_request", "sent", a_sent_request, DETECTIVE),
    State("legal_request", "in error", send_on_no_day, DETECTIVE, 422),
    State("take_out_of_case", "as it opens", take_a_mistake_out, DETECTIVE),
    State("take_out_of_case", "in error", take_nothing_out, DETECTIVE, 422),
    State("new_request", "as it opens", open_the_draft_form, DETECTIVE),
    State("new_request", "in error", draft_nothing, DETECTIVE, 422),
    State("operation", "full", an_operation, DETECTIVE),
    State("operation", "in error", add_no_target, DETECTIVE, 422),
    opened("new_operation", DETECTIVE),
    State("new_operation", "in error", plan_nothing, DETECTIVE, 422),
    State("operations", "filled", operations_of_all, DETECTIVE),
    State("requests", "filled", requests_of_all, DETECTIVE),
    State("requests", "empty", none_refused, DETECTIVE),
    State("case_timeline", "filled", a_long_story, DETECTIVE),
    State("case", "in error", note_nothing, DETECTIVE, 422),
    State("watches", "filled", a_watch, DETECTIVE),
    State("watch_alerts", "filled", an_alert, DETECTIVE),
    State("silent_watches", "filled", what_is_quiet, DETECTIVE),
    State("silent_requests", "filled", what_is_asked, COORDINATOR),
    State("new_silent_watch", "in error", quiet_nothing, DETECTIVE, 422),
    State("new_watch", "in error", watch_nothing, DETECTIVE, 422),
    State("bring_watches", "in error", bring_no_list, DETECTIVE, 422),
    opened("cases", DETECTIVE, "filled"),
    State("cases", "empty", none_dormant, DETECTIVE),
)

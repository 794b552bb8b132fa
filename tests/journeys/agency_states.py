"""The errands of a child-welfare worker and of a Crown liaison, at pages that others use too."""

from datetime import timedelta

from havre.cases.actions import mark_case, open_case
from havre.cases.contents.actions import add_note
from havre.cases.rules.access import Part
from havre.cases.sharing.actions import share_case
from havre.plumbing import clock
from tests import make
from tests.journeys.town import ANALYST, DETECTIVE
from tests.journeys.visits import State, Visit

WELFARE, CROWN = "demo-child-welfare", "demo-crown"
TOLD = "He waits at the school of my niece. He calls himself quay.boy@example.com."


def sent_to(visit: Visit, whose: str) -> str:
    """A referral to the agency of this officer; gives its number."""
    by, agency = visit.town.officers[ANALYST], visit.town.officers[whose].agency
    return make.referral(make.report(TOLD, danger_now=True), to=agency, by=by).reference


def welfare_takes_it(visit: Visit) -> None:
    """From the inbox to what came of it: taken, a child safeguarded, nothing told to the sender."""
    number = sent_to(visit, WELFARE)
    visit.go("inbox")
    visit.press(f"main a[href$='{number}']")
    assert "Robin Example" not in visit.page.content(), "whoever reported is nobody's to read"
    visit.press("aside form[action$=accept] .btn, aside form[action$=accepter] .btn")
    visit.page.locator("[name=disposition]").select_option("child-safeguarded")
    visit.fill("[name=count]", "1")
    visit.press("aside form:has([name=disposition]) .btn")
    assert visit.page.locator(".flash").count() == 1
    # No case, no operation and no watch list is a child-welfare worker's.
    assert visit.page.locator("header nav a").count() == 3


def crown_reads_a_referral(visit: Visit) -> None:
    """The Crown reads what was sent to it, and is offered nothing to answer."""
    number = sent_to(visit, CROWN)
    visit.go("inbox")
    visit.press(f"main a[href$='{number}']")
    assert visit.page.locator("aside form").count() == 0


def crown_reads_a_case(visit: Visit) -> None:
    """A case that was shared with the Crown shows in its list once it is marked for court."""
    lead, liaison = visit.town.officers[DETECTIVE], visit.town.officers[CROWN]
    case = open_case("The man at the pier", by=lead).reference
    add_note(case, "Seen at the ferry.", by=lead)
    until = clock.now() + timedelta(days=30)
    share_case(case, to=liaison.agency, until=until, parts=[Part.NOTES], by=lead)
    visit.go("cases")
    assert visit.page.locator(f"main a[href$='{case}']").count() == 0
    mark_case(case, restricted=False, for_court=True, by=lead)
    visit.go("cases")
    visit.press(f"main a[href$='{case}']")
    assert "Seen at the ferry." in visit.page.inner_text("main")
    assert visit.page.locator("main form, aside form").count() == 0


OTHERS = (
    State("referral", "done by a child-welfare worker", welfare_takes_it, WELFARE),
    State("referral", "read by the Crown", crown_reads_a_referral, CROWN),
    State("case", "for court, read by the Crown", crown_reads_a_case, CROWN),
)

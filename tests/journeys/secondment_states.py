"""The pages of secondments, in every state they can be in."""

from uuid import UUID

from havre.agencies.models import Officer
from havre.agencies.secondments.models import Secondment
from havre.audit.rules import Station
from havre.cases.actions import open_case
from havre.plumbing.context import acting_as
from tests.journeys.town import AGENCY_SUPERVISOR, SUPERVISOR
from tests.journeys.visits import State, Visit, opened

LENT = "demo-seconded"


def the_one() -> UUID:
    """The secondment of the demo world."""
    with acting_as(Station.SET_UP.context):
        return Secondment.objects.get().pk


def look(visit: Visit) -> None:
    visit.go("secondment", secondment_id=the_one())


def renew_badly(visit: Visit) -> None:
    look(visit)
    visit.fill("[name=last]", "2020-01-01")
    visit.press("form[action$=renew] .btn, form[action$=renouveler] .btn")


def ask_nothing(visit: Visit) -> None:
    visit.go("new_secondment")
    visit.press()


def leave_nothing(visit: Visit) -> None:
    visit.go("left_behind", secondment_id=the_one())


def leave_a_case(visit: Visit) -> None:
    place = Officer.objects.select_related("agency", "person").get(person__username=LENT)
    open_case("The pier by night", by=place)
    leave_nothing(visit)


def act_there(visit: Visit) -> None:
    visit.go("act_for")
    visit.press("main li:last-child .btn")
    visit.go("act_for")


SECONDMENTS = (
    opened("secondments", AGENCY_SUPERVISOR, "filled"),
    opened("secondments", SUPERVISOR, "empty"),
    opened("new_secondment", AGENCY_SUPERVISOR),
    State("new_secondment", "in error", ask_nothing, AGENCY_SUPERVISOR, 422),
    State("secondment", "filled", look, AGENCY_SUPERVISOR),
    State("secondment", "in error", renew_badly, AGENCY_SUPERVISOR, 422),
    State("left_behind", "empty", leave_nothing, AGENCY_SUPERVISOR),
    State("left_behind", "filled", leave_a_case, AGENCY_SUPERVISOR),
    opened("act_for", LENT),
    State("act_for", "for another", act_there, LENT),
)

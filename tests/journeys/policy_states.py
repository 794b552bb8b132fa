"""The triage policy, in every state its pages can be in."""

from tests.journeys.town import SUPERVISOR
from tests.journeys.visits import State, Visit

POLICY_BUTTONS = {
    "activate_policy",
    "draft_policy",
    "propose_policy",
    "return_policy",
    "simulate_policy",
    "withdraw_policy",
}


def begin(visit: Visit) -> None:
    """The supervisor has one draft at a time: both languages go on with the same."""
    visit.go("policies")
    visit.press("main form[action$=draft] .btn, main form[action$=ebauche] .btn")


def lower_the_floor(visit: Visit) -> None:
    begin(visit)
    visit.page.locator("[name=what]").select_option("factor:weapon")
    visit.press("main form.filters .btn")
    visit.page.locator("#change_lane").select_option("B")
    visit.press()


def ask_for_a_trial(visit: Visit) -> None:
    begin(visit)
    visit.page.locator("[name=what]").select_option("lane:A")
    visit.press("main form.filters .btn")
    visit.fill("#change_minutes", "12")
    visit.press()
    visit.fill("#reason_reason", "Boats are faster now.")
    visit.press("main form:has(#reason_reason) .btn")
    visit.press("main form:has(#simulate_days) .btn")


POLICIES = (
    State("policies", "as it opens", lambda visit: visit.go("policies"), SUPERVISOR),
    State("policy", "draft", begin, SUPERVISOR),
    State("change_policy", "in error", lower_the_floor, SUPERVISOR, 422),
    State("policy", "being tried", ask_for_a_trial, SUPERVISOR),
)

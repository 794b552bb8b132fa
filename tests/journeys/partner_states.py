"""The pages of partners: what anybody may copy, and what the tipline's supervisor keeps."""

import secrets

from tests.journeys.town import SUPERVISOR
from tests.journeys.visits import State, Visit, opened

PARTNER_BUTTONS = {"close_partner"}


def add_partner(visit: Visit) -> None:
    visit.go("partners")
    visit.fill("main [name=name_en]", "Harbor School")
    visit.fill("main [name=name_fr]", "École du port")
    visit.fill("main [name=code]", f"school-{secrets.token_hex(3)}")
    visit.press("main section[aria-labelledby=new] .btn")


def add_nobody(visit: Visit) -> None:
    visit.go("partners")
    visit.press("main section[aria-labelledby=new] .btn")


def name_nothing(visit: Visit) -> None:
    add_partner(visit)
    visit.fill("main [name=name_en]", "")
    visit.press("main section[aria-labelledby=named] .btn")


PARTNERS = (
    opened("link_to_us"),
    opened("partners", SUPERVISOR),
    State("partners", "adding in error", add_nobody, SUPERVISOR, 422),
    State("partner", "just added", add_partner, SUPERVISOR),
    State("partner", "in error", name_nothing, SUPERVISOR, 422),
)

"""Who reported: the page on which the desk gives it, and the one on which an agency reads it."""

from havre.agencies.reads import agency_by_code
from tests import make
from tests.journeys.town import ANALYST, DETECTIVE, POLICE, SUPERVISOR
from tests.journeys.visits import State, Visit


def sent_by_somebody(visit: Visit) -> str:
    """A referral of a report whose reporter said who they are; gives its number."""
    told = make.report("He asked me to meet on Saturday at the lock in Toronto.")
    by = visit.town.officers[ANALYST]
    return make.referral(told, to=agency_by_code(POLICE), by=by).reference


def look(visit: Visit) -> str:
    number = sent_by_somebody(visit)
    visit.go("give_identity", reference=number)
    return number


def give_nothing(visit: Visit) -> None:
    look(visit)
    visit.press("form:has(#identity_words) .btn")


def give(visit: Visit) -> str:
    number = look(visit)
    visit.page.locator("#identity_because").select_option("agrees")
    visit.fill("#identity_words", "By message today; only by e-mail.")
    visit.press("form:has(#identity_words) .btn")
    return number


def read(visit: Visit) -> None:
    """The desk gives it, then the detective sits down at the same screen."""
    number = give(visit)
    visit.town.sign_in(DETECTIVE, visit.page.context)
    visit.go("referral", reference=number)
    visit.press("a[href$=who-reported], a[href$=qui-signale]")


def nobody_named(visit: Visit) -> None:
    visit.go("give_identity", reference=visit.referral(0))


IDENTITY_BUTTONS = {"end_identity"}
IDENTITY = (
    State("give_identity", "nothing given", lambda visit: look(visit) and None, SUPERVISOR),
    State("give_identity", "in error", give_nothing, SUPERVISOR, 422),
    State("give_identity", "given", lambda visit: give(visit) and None, SUPERVISOR),
    State("give_identity", "nobody named", nobody_named, SUPERVISOR),
    State("identity", "as it opens", read, SUPERVISOR),
)

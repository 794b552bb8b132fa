"""Officers lent to another agency: what stands between the two, and one of them at the doors."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from havre.agencies.actions import add_officer
from havre.agencies.models import Agency, Officer
from havre.agencies.rules.permits import Role
from havre.agencies.secondments.actions import agree_secondment, ask_secondment
from havre.agencies.secondments.models import Secondment
from havre.agencies.secondments.reads import agencies_that_receive, who_may_be_lent
from havre.agencies.secondments.rules import Reason
from havre.agencies.sessions import ACTS_FROM
from havre.audit.rules import Station
from havre.plumbing import clock, ids
from havre.plumbing.context import acting_as
from tests.house.traces import EVERYTHING

SECONDMENT_DOORS = {"left_behind", "move_secondment", "renew_secondment", "secondment"}
# Whose: lent by B to A, as agreed; asked of the national centre by B.
FROM = "valley-sheriff"
TO_WHOM = {"own": "harbor-police", "other": "national"}
DAYS = 30


def someone(agency: Agency, role: Role) -> Officer:
    """An officer who never comes to a door."""
    return add_officer(
        f"lent-{ids.uuid7().hex[-12:]}",
        name="A. Roy",
        agency=agency,
        role=role,
        password=None,
        by=Station.SET_UP,
    )


def ask(person: Officer, host: Agency, role: Role, *, by: Officer) -> Secondment:
    today = clock.now().astimezone(clock.LEGAL_ZONE).date()
    return ask_secondment(
        person.pk,
        host=host,
        role=role,
        reason=Reason.LIAISON,
        first=today,
        last=today + timedelta(days=DAYS),
        by=by,
    )


def some_secondments(harbor: Agency, valley: Agency) -> None:
    """B lends a researcher to A; each asks the national centre to receive another."""
    lender, receiver = (someone(one, Role.AGENCY_SUPERVISOR) for one in (valley, harbor))
    lent = ask(someone(valley, Role.RESEARCHER), harbor, Role.RESEARCHER, by=lender)
    agree_secondment(lent.pk, by=receiver)
    national = Agency.objects.get(code="national")
    for home, by in ((valley, lender), (harbor, receiver)):
        ask(someone(home, Role.RESEARCHER), national, Role.RESEARCHER, by=by)


def seconded_at_doors(
    harbor: Agency, valley: Agency, an_officer: Callable[..., Any]
) -> dict[str, list[Any]]:
    """A detective of B who acts for A, as lent; and another who is lent and acts for B."""
    lender, receiver = (someone(one, Role.AGENCY_SUPERVISOR) for one in (valley, harbor))
    away, at_home = (an_officer(valley, Role.DETECTIVE) for _either in range(2))
    for caller in (away, at_home):
        asked = ask(caller.officer, harbor, Role.DETECTIVE, by=lender)
        agree_secondment(asked.pk, by=receiver)
        caller.officer.refresh_from_db()
    place = Officer.objects.select_related("agency", "person").get(person=away.officer)
    _choose(away, str(place.pk))
    _choose(at_home, "")
    away.officer = place
    return {"seconded A": [away], "lent B": [at_home]}


def of_a_secondment(row: Any) -> dict[str, object]:
    """Where a secondment stands; nothing for the doors of others."""
    if row.door not in SECONDMENT_DOORS:
        return {}
    return {"secondment_id": secondment_of(row.whose) or uuid4()}


def secondment_of(whose: str) -> UUID | None:
    """The secondment that is meant; None for one that never was."""
    with acting_as(EVERYTHING):
        meant = Secondment.objects.filter(
            home__code="valley-sheriff", host__code=TO_WHOM.get(whose, "")
        )
        return meant.filter(role=Role.RESEARCHER).values_list("pk", flat=True).first()


def typed_on_secondment(row: Any, caller: Any) -> dict[str, dict[str, object]]:
    """What somebody who may come in would send."""
    today = clock.now().astimezone(clock.LEGAL_ZONE).date()
    typed: dict[str, dict[str, object]] = {
        "act_for": {"place": ""},
        "move_secondment": {"step": "agree" if row.whose == "other" else "end"},
        "renew_secondment": {"last": (today + timedelta(days=2 * DAYS)).isoformat()},
    }
    if row.door == "new_secondment" and caller.officer:
        free = Officer.objects.filter(role=Role.RESEARCHER) | Officer.objects.filter(
            role=Role.DETECTIVE
        )
        lent = [one for one in who_may_be_lent(caller.officer) if one in set(free)]
        hosts = agencies_that_receive(caller.officer)
        typed["new_secondment"] = {
            "officer": lent[-1].pk if lent else "",
            "host": next(
                one.pk for one in hosts if one.code in {"valley-sheriff", "harbor-police"}
            ),
            "role": "researcher",
            "reason": "cover",
            "first": today.isoformat(),
            "last": today.isoformat(),
        }
    return typed


def _choose(caller: Any, place: str) -> None:
    client = Client()
    for name, value in caller.cookies.items():
        client.cookies[name] = value
    session = client.session
    session[ACTS_FROM] = place
    session.save()

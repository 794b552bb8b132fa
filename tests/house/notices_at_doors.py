"""What agencies are told of, and where: in the world of the walls and at the doors."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID, uuid4

from havre.agencies.actions import add_officer
from havre.agencies.models import Agency, Officer
from havre.agencies.rules.permits import Role
from havre.audit.rules import Station
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.notices.actions import set_notices, write_test
from havre.referrals.shifts.actions import hand_shift_over
from havre.referrals.webhooks.actions import add_endpoint, send_test
from havre.referrals.webhooks.models import Delivery, Endpoint
from tests.house.desk_at_doors import some_notes
from tests.house.identity_at_doors import some_identities

LATELY = timedelta(hours=1)


def some_notices(officers: Mapping[Agency, Officer], analyst: Officer) -> None:
    """Each of the agencies wants notices, and had a test a while ago; the desk left a word.

    Each was told who reported what it was sent.
    """
    hand_shift_over("A quiet night.", by=analyst)
    some_notes(analyst)
    some_identities(officers, by=analyst)
    for agency, officer in officers.items():
        with clock.clock_set_to(clock.now() - LATELY):
            set_notices(email=f"duty@{agency.code}.example.com", is_on=True, by=officer)
            write_test(by=officer)
            address = f"https://{agency.code}.example.com/in"
            send_test(add_endpoint(address, by=officer)[0].pk, by=officer)
    set_notices(email="desk@example.com", is_on=True, by=_somebody_of_the_desk_abroad())


def _somebody_of_the_desk_abroad() -> Officer:
    return add_officer(
        "desk-abroad",
        name="A. Roy",
        agency=Agency.objects.get(is_national_centre=True),
        role=Role.NATIONAL_COORDINATOR,
        password=None,
        by=Station.SET_UP,
    )


def webhooks_by_whose(first: Agency, second: Agency) -> dict[str, dict[str, UUID]]:
    """The endpoint and the delivery of each of two agencies."""
    found = {"missing": {"endpoint_id": uuid4(), "delivery_id": uuid4()}}
    with acting_as(Station.PIPELINE.context):
        for whose, agency in (("own", first), ("other", second)):
            found[whose] = {
                "endpoint_id": Endpoint.objects.get(agency=agency).pk,
                "delivery_id": Delivery.objects.get(agency=agency).pk,
            }
    return found

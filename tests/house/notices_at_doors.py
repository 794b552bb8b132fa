"""What agencies are told of, and where: in the world of the walls and at the doors."""

from collections.abc import Mapping
from datetime import timedelta

from havre.agencies.models import Agency, Officer
from havre.plumbing import clock
from havre.referrals.notices.actions import set_notices, write_test

LATELY = timedelta(hours=1)


def some_notices(officers: Mapping[Agency, Officer]) -> None:
    """Each of the agencies wants notices, and had a test a while ago."""
    for agency, officer in officers.items():
        with clock.clock_set_to(clock.now() - LATELY):
            set_notices(email=f"duty@{agency.code}.example.com", is_on=True, by=officer)
            write_test(by=officer)

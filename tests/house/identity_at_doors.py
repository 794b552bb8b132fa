"""Who reported, given to agencies: in the world of the walls and at the doors."""

from collections.abc import Iterable

from havre.agencies.models import Agency, Officer
from havre.plumbing.context import acting_as
from havre.referrals.identity.actions import give_identity
from havre.referrals.identity.rules import Because
from havre.referrals.models import Referral
from havre.referrals.rules.states import OVER
from tests.house.traces import EVERYTHING

# What was given is read and ended; what was not is given with a referral that is new.
GIVEN_DOORS = {"end_identity", "identity"}
TYPED = {"because": "agrees", "words": "By message today; only by e-mail."}


def some_identities(agencies: Iterable[Agency], by: Officer) -> None:
    """Each of the agencies was told who reported what it was sent."""
    with acting_as(EVERYTHING):
        sent = Referral.objects.filter(to_agency__in=list(agencies)).exclude(state__in=OVER)
        references = list(sent.order_by("pk").values_list("reference", flat=True))
    for reference in references:
        give_identity(reference, because=Because.AGREES, words="By message.", by=by)

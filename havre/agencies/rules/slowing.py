"""How failed tries to sign in slow the next one. Slows, never locks; a colleague never waits.

Two budgets, both of one account: one for each network a try comes from, and a wider one over all
networks. No budget of a network alone exists, so whoever signs in to another account from the
same address waits 0 seconds for it.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address, ip_network

# Failures of one account from one network before the next try has to wait.
FREE_FAILURES = 3
LONGEST_WAIT_SECONDS = 30
# Failures of one account from anywhere before a network new to it has to wait too.
FREE_FAILURES_ANYWHERE = 10
LONGEST_ADDED_WAIT_SECONDS = 5
FORGOTTEN_AFTER = timedelta(minutes=15)

# As much of an address as one household or office usually has.
PREFIX_BITS = {4: 24, 6: 48}
NO_NETWORK = "-"


class SignInStep(StrEnum):
    """What a try to sign in shows."""

    CODE = "code"
    PASSKEY = "passkey"
    PASSWORD = "password"  # noqa: S105 - the name of a step


@dataclass(frozen=True, slots=True)
class Tally:
    """How many tries failed, and when the last one was. A try counts until it succeeds."""

    failures: int
    last_at: datetime

    def as_of(self, now: datetime) -> "Tally":
        """The tally as it counts now: old failures are forgotten, and time starts afresh."""
        return Tally(0, now) if now - self.last_at >= FORGOTTEN_AFTER else self


def network_of(address: str) -> str:
    """The /24 or /48 an address lies in; "-" when there is none, as on a unix socket."""
    try:
        found = ip_address(address.strip())
    except ValueError:
        return NO_NETWORK
    mapped = getattr(found, "ipv4_mapped", None)
    found = mapped or found
    return str(ip_network((found, PREFIX_BITS[found.version]), strict=False))


def own_wait(failures: int) -> int:
    """Seconds between two tries of one account from one network: 0, 0, 0, 1, 2, 4, … 30."""
    over = failures - FREE_FAILURES
    if over < 0:
        return 0
    # Beyond 2^5 the ceiling holds anyway; a huge power is not worth computing.
    return min(1 << min(over, 5), LONGEST_WAIT_SECONDS)


def added_wait(failures_anywhere: int) -> int:
    """Seconds between two tries from a network that this account never succeeded from."""
    over = failures_anywhere - FREE_FAILURES_ANYWHERE + 1
    return min(max(over, 0), LONGEST_ADDED_WAIT_SECONDS)


def seconds_to_wait(pair: Tally, anywhere: Tally, *, is_known_network: bool, now: datetime) -> int:
    """Whole seconds until the next try of an account from a network is heard; 0 is at once.

    `pair` is the account from this network, `anywhere` the account from all of them. Both waits
    are counted from the pair's own last try, so nobody elsewhere can make it start again.
    """
    pair, anywhere = pair.as_of(now), anywhere.as_of(now)
    wait = own_wait(pair.failures)
    if not is_known_network:
        wait = max(wait, added_wait(anywhere.failures))
    left = wait - (now - pair.last_at).total_seconds()
    return max(0, math.ceil(left))

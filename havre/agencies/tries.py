"""Tries to sign in, counted in the database so that every process slows the same ones.

A try is counted before it is checked and given back when it was right. Tries that arrive all at
once are therefore counted one after the other, and only the first of them are heard.
"""

import hmac
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, models, transaction
from django.db.models.functions import Greatest

from havre.agencies.models import SignInFailure, SpentCode
from havre.agencies.rules.slowing import FORGOTTEN_AFTER, Tally, network_of, seconds_to_wait
from havre.plumbing import clock
from havre.plumbing.keys import keys

# How long it is known that an account was signed in to from a network.
KNOWN_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Try:
    """One try of one account from one network, already counted as failed."""

    pair: bytes
    account: bytes
    at: datetime
    pair_before: Tally


def account_digest(account: str) -> bytes:
    """What stands for an account name, known or not. Nothing typed is ever stored."""
    name = unicodedata.normalize("NFKC", account).strip().casefold()
    return hmac.digest(keys().pepper("sign-in account"), name.encode(), "sha256")


def pair_digest(account: str, address: str, day: date) -> bytes:
    """What stands for an account and a network, for one day: the address cannot be found again."""
    network = network_of(address)
    pepper = keys().pepper(f"network|{day.isoformat()}")
    return hmac.digest(pepper, account_digest(account) + network.encode(), "sha256")


def begin_try(account: str, address: str) -> Try | int:
    """Count a try, in a transaction of its own; or the seconds to wait until one is heard."""
    now = clock.now()
    pair, whole = pair_digest(account, address, now.date()), account_digest(account)
    earlier = pair_digest(account, address, now.date() - KNOWN_FOR)
    with transaction.atomic():
        SignInFailure.objects.bulk_create(
            [SignInFailure(digest=digest, last_at=now) for digest in sorted((pair, whole))],
            ignore_conflicts=True,
        )
        locked = SignInFailure.objects.select_for_update().order_by("digest")
        rows = {bytes(row.digest): row for row in locked.filter(digest__in=(pair, whole))}
        before = rows[pair].tally.as_of(now)
        known = rows[pair].succeeded_at or _ever_succeeded(earlier)
        wait = seconds_to_wait(before, rows[whole].tally, is_known_network=bool(known), now=now)
        if wait:
            # A network that comes back after long starts its wait now, and not once more later.
            _set(pair, before)
            return wait
        _set(pair, Tally(before.failures + 1, now))
        _set(whole, Tally(rows[whole].tally.as_of(now).failures + 1, now))
    return Try(pair, whole, now, before)


def give_back(attempt: Try) -> None:
    """Take a try off the count: it was right."""
    mine = models.Q(last_at=attempt.at)
    before = models.Value(attempt.pair_before.last_at, models.DateTimeField())
    SignInFailure.objects.filter(digest=attempt.pair).update(
        failures=Greatest(models.F("failures") - 1, 0),
        last_at=models.Case(models.When(mine, before), default=models.F("last_at")),
    )
    SignInFailure.objects.filter(digest=attempt.account).update(
        failures=Greatest(models.F("failures") - 1, 0)
    )


def forgive(attempt: Try) -> None:
    """The account is signed in to: this network is known and its failures are forgotten."""
    now = clock.now()
    SignInFailure.objects.filter(digest=attempt.pair).update(failures=0, succeeded_at=now)
    old = SignInFailure.objects.filter(last_at__lt=now - FORGOTTEN_AFTER)
    never = models.Q(succeeded_at__isnull=True)
    old.filter(never | models.Q(succeeded_at__lt=now - 2 * KNOWN_FOR)).delete()
    SpentCode.objects.filter(spent_at__lt=now - FORGOTTEN_AFTER).delete()


def spend_code(account: str, code: str) -> bool:
    """Use up a one-time code, for every process at once; False when it was used before."""
    text = f"{account}\x00{code.strip()}".encode()
    digest = hmac.digest(keys().pepper("spent code"), text, "sha256")
    now = clock.now()
    SpentCode.objects.filter(digest=digest, spent_at__lt=now - FORGOTTEN_AFTER).delete()
    try:
        with transaction.atomic():
            SpentCode(digest=digest, spent_at=now).save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _ever_succeeded(digest: bytes) -> bool:
    return SignInFailure.objects.filter(digest=digest, succeeded_at__isnull=False).exists()


def _set(digest: bytes, tally: Tally) -> None:
    SignInFailure.objects.filter(digest=digest).update(
        failures=tally.failures, last_at=tally.last_at
    )

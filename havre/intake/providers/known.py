"""Providers that showed their key to this process before, by what is kept of a credential.

Nothing is believed of it: whoever acts as such a provider asks in the same transaction whether the
key still opens and the provider's row is the one that was read (`key_must_open`), and a refusal is
given only after both were asked anew.
"""

from collections import OrderedDict
from copy import copy
from threading import Lock

from havre.agencies.models import Provider
from havre.agencies.reads import credential_digest

MOST = 1_000

_known: OrderedDict[bytes, Provider] = OrderedDict()
_book = Lock()


def known_provider(username: str, password: str) -> Provider | None:
    """Who showed this credential before, where it is remembered."""
    return _known.get(credential_digest(username, password))


def remember(username: str, password: str, provider: Provider) -> None:
    """Know a provider by the credential that has just opened, in the stead of the oldest."""
    remembered = copy(provider)
    remembered.shown = credential_digest(username, password)
    with _book:
        _known[remembered.shown] = remembered
        if len(_known) > MOST:
            _known.popitem(last=False)


def forget(provider: Provider) -> None:
    """Know a provider no more by the credential that it is remembered by."""
    with _book:
        _known.pop(provider.shown or b"", None)

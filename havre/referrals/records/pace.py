"""How fast one key may ask: whoever floods the door waits, and nobody else does."""

from functools import cache
from threading import Lock
from time import monotonic
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from havre.intake.providers.rules.lanes import Lanes
from havre.plumbing.apis.problems import Kind, ProblemError

# So many seconds' worth of requests may come at a stretch.
AT_A_STRETCH = 4
# One book for all threads of the process; each entry is a moment's work.
_book = Lock()


@cache
def paces() -> Lanes:
    """The book of keys, as this installation sets their pace."""
    rate = settings.RECORDS_PER_SECOND
    return Lanes(per_second=rate, burst=max(1, AT_A_STRETCH * rate))


def keep_pace(key: UUID | None) -> None:
    """Count a request of a key. Raises ProblemError when it is too fast: 429, with a wait."""
    with _book:
        wait = paces().seconds_to_wait(key, monotonic())
    if wait:
        said = _("Nothing of this one was done. Send it again in %(seconds)s s.")
        headers = {"Retry-After": str(wait)}
        raise ProblemError(Kind.TOO_MANY, said % {"seconds": wait}, headers=headers)

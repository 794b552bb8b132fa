"""Lists by cursor: a page and where the next begins, so that nothing is missed or seen twice."""

import base64
import binascii
import json
from typing import Annotated

import msgspec
from django.utils.translation import gettext_lazy as _

from havre.plumbing.apis.bodies import UNPRINTABLE
from havre.plumbing.apis.problems import Fault, Kind, ProblemError

MOST_ROWS = 200
ROWS = 50
MOST_CURSOR = 400


class PageQuery(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How to ask for a page of any list."""

    after: Annotated[
        str,
        msgspec.Meta(
            max_length=MOST_CURSOR,
            description="`next` of the page before. Leave it out for the first page.",
        ),
    ] = ""
    limit: Annotated[
        int, msgspec.Meta(ge=1, le=MOST_ROWS, description="How many to give at most.")
    ] = ROWS


def cursor_of(*parts: str | int) -> str:
    """A place in a list as its reader is given it: to be handed back, not to be read."""
    packed = json.dumps(parts, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def parts_of(cursor: str, *kinds: type[str] | type[int]) -> tuple[str | int, ...] | None:
    """What `cursor_of` was given; None for the first page. Raises ProblemError for anything else.

    A cursor is no permission: whoever made one up would still read its own list.
    """
    if not cursor:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        found = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        found = None
    if (
        not isinstance(found, list)
        or [type(part) for part in found] != list(kinds)
        or any(isinstance(part, str) and UNPRINTABLE.search(part) for part in found)
    ):
        raise no_cursor()
    return tuple(found)


def no_cursor() -> ProblemError:
    """The refusal of a cursor that no page gave."""
    reason = Fault("after", _("must be `next` of the page before"), "parameter")
    return ProblemError(Kind.INVALID, faults=[reason])

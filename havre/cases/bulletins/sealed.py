"""The words of a notice, under a key of its own that is wrapped for the board of a compartment.

Whether somebody is shown the wrap is row security's to say: it follows the notice.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from havre.audit.actions import writing_is_watched
from havre.audit.rules import Station, UnloggedActionError
from havre.cases.bulletins.models import KEY_COMPARTMENT, Notice
from havre.cases.bulletins.rules import NoticeWords
from havre.evidence.custody import wrapped_key
from havre.evidence.models import RecordKey
from havre.plumbing.context import acting_as
from havre.plumbing.keys import keys
from havre.plumbing.sealing import new_data_key, open_bytes, place, seal_bytes


def board_recipient(compartment: str) -> str:
    """How the wraps of a board are addressed."""
    return f"board:{compartment}"


def seal_notice(notice: Notice, words: NoticeWords) -> bytes:
    """Seal the words of a new notice, and wrap its key for the board."""
    key = new_data_key()
    recipient = board_recipient(notice.compartment)
    with acting_as(Station.PIPELINE.context):
        wrap = wrapped_key(notice.pk, key, recipient=recipient, compartment=KEY_COMPARTMENT)
        wrap.save(force_insert=True)
    return seal_bytes(key, json.dumps(asdict(words)).encode(), at=_at(notice))


def open_notices(notices: Sequence[Notice]) -> dict[UUID, NoticeWords]:
    """The words of notices, in one question. Raises UnloggedActionError outside an action."""
    if not writing_is_watched():
        raise UnloggedActionError
    by_id = {notice.pk: notice for notice in notices}
    opened = {}
    for wrap in RecordKey.objects.filter(record__in=by_id, compartment=KEY_COMPARTMENT):
        notice = by_id[wrap.record]
        key = keys().unwrap(
            wrap.kek_id, bytes(wrap.wrapped), recipient=wrap.recipient, bound_to=str(wrap.record)
        )
        told = json.loads(open_bytes(key, bytes(notice.body), at=_at(notice)))
        opened[notice.pk] = NoticeWords(**told)
    return opened


def _at(notice: Notice) -> bytes:
    return place("notice", "body", str(notice.pk))

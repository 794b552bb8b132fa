"""The identifiers of cases, written in the present form after a release that changed the rules."""

import logging
from uuid import UUID

from django.db import DatabaseError

from havre.audit.actions import action, record
from havre.audit.rules import Event, Station
from havre.cases.models import PersonIdentifier
from havre.cases.sealed import open_words
from havre.evidence.custody import agency_key_of, has_agency_key
from havre.identifiers.editions.reads import other_token, present_edition

AT_ONCE = 500
# Older than whatever is.
FIRST = UUID(int=0)

log = logging.getLogger("havre.route")


def identifiers_are_kept_otherwise(*, after: UUID = FIRST) -> bool:
    """Whether a case has an identifier in a form that other rules wrote.

    Among those that are newer than `after`, the last one that a sweep looked at.
    """
    newer = PersonIdentifier.objects.filter(pk__gt=after)
    return newer.exclude(edition=present_edition()).exists()


@action(Event.FORMS_CARRIED)
def carry_case_identifiers(*, after: UUID = FIRST, by: Station) -> list[UUID]:
    """Write what officers added to cases in the form that reports have now.

    So many at a time, those that are newer than `after`; gives which were looked at, the oldest
    first. What a fault keeps back waits for the next sweep. The line says of none what it is, or in
    which case.
    """
    newer = PersonIdentifier.objects.filter(pk__gt=after).exclude(edition=present_edition())
    found = list(newer.select_related("case").order_by("pk")[:AT_ONCE])
    for one in found:
        _carry(one)
    record(Event.FORMS_CARRIED, about_kind="cases", about="forms", by=by, rows=len(found))
    return [one.pk for one in found]


def _carry(one: PersonIdentifier) -> None:
    try:
        token = _form_now(one)
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001 - the others go on
        log.error("an identifier keeps its form: %s", type(error).__name__)  # noqa: TRY400
        # For a moment, as where a key or a disk is away; for good where its key was destroyed.
        if one.clear or has_agency_key(one.case_id, agency=one.case.agency_id):
            return
        token = None
    changed = {"edition": present_edition(), "token": token or one.token}
    PersonIdentifier.objects.filter(pk=one.pk).update(**changed)


def _form_now(one: PersonIdentifier) -> bytes | None:
    value = one.clear
    if not value:
        key = agency_key_of(one.case_id, agency=one.case.agency_id)
        value = open_words(one.case, one.sealed, key=key, column="identifier", row=one.pk)
    return other_token(one.kind, value, before=bytes(one.token))

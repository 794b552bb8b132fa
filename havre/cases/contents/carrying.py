"""The identifiers of cases, written in the present form after a release that changed the rules."""

import logging

from django.db import DatabaseError

from havre.audit.actions import action, record
from havre.audit.rules import Event, Station
from havre.cases.models import PersonIdentifier
from havre.cases.sealed import open_words
from havre.evidence.custody import agency_key_of
from havre.identifiers.editions.reads import other_token, present_edition

AT_ONCE = 500

log = logging.getLogger("havre.route")


def identifiers_are_kept_otherwise() -> bool:
    """Whether a case has an identifier in a form that other rules wrote."""
    return PersonIdentifier.objects.exclude(edition=present_edition()).exists()


@action(Event.FORMS_CARRIED)
def carry_case_identifiers(*, by: Station) -> int:
    """Write what officers added to cases in the form that reports have now.

    So many at a time; gives how many were looked at. What cannot be opened stays as it is until the
    next release. The line says of none what it is, or in which case.
    """
    now = present_edition()
    rows = PersonIdentifier.objects.exclude(edition=now).select_related("case").order_by("pk")
    found = list(rows[:AT_ONCE])
    for one in found:
        token = _form_now(one) or one.token
        PersonIdentifier.objects.filter(pk=one.pk).update(edition=now, token=token)
    record(Event.FORMS_CARRIED, about_kind="cases", about="forms", by=by, rows=len(found))
    return len(found)


def _form_now(one: PersonIdentifier) -> bytes | None:
    try:
        value = one.clear
        if not value:
            key = agency_key_of(one.case_id, agency=one.case.agency_id)
            value = open_words(one.case, one.sealed, key=key, column="identifier", row=one.pk)
        return other_token(one.kind, value, before=bytes(one.token))
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001 - the others go on
        log.error("an identifier keeps its form: %s", type(error).__name__)  # noqa: TRY400
        return None

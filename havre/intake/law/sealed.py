"""What was typed of an incident, sealed for the desk. Opening works only inside an action."""

from dataclasses import asdict
from uuid import UUID

from havre.audit.actions import writing_is_watched
from havre.audit.rules import Actor, UnloggedActionError
from havre.evidence.custody import key_of
from havre.intake.law.models import IncidentNotice
from havre.intake.law.rules.incidents import IncidentWords
from havre.plumbing.sealing import open_json, place, seal_json


def seal_incident(pk: UUID, words: IncidentWords, *, key: bytes) -> bytes:
    """The words of an incident, bound to the row where they stand."""
    return seal_json(key, asdict(words), at=place("incident_notice", "body", pk))


def incident_words(row: IncidentNotice, *, by: Actor) -> IncidentWords:
    """What was typed of an incident. Raises KeyRefusedError, and UnloggedActionError outside."""
    if not writing_is_watched():
        raise UnloggedActionError
    key = key_of(row.pk, by=by)
    at = place("incident_notice", "body", row.pk)
    return IncidentWords(**open_json(key, bytes(row.body), at=at))

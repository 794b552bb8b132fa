"""The values of mentions that are sealed, and under whose key each is."""

from uuid import UUID

from havre.audit.actions import writing_is_watched
from havre.audit.rules import Actor, UnloggedActionError
from havre.evidence.custody import contact_key_of, key_of
from havre.identifiers.models import Mention
from havre.intake.rules.submission import PersonRole
from havre.intake.sealed import Spot, open_text
from havre.plumbing.keys import KeyRefusedError


def value_of(mention: Mention, *, by: Actor) -> str:
    """The value of a mention, for actions that write a line of their own. `mention` has its record.

    Raises Mention.DoesNotExist where `by` does not hold its key, and UnloggedActionError.
    """
    if not writing_is_watched():
        raise UnloggedActionError
    report = mention.record.report
    if report is None:
        raise Mention.DoesNotExist
    try:
        key = (contact_key_of if is_contact(mention.role) else key_of)(report.pk, by=by)
    except KeyRefusedError as error:
        raise Mention.DoesNotExist from error
    if mention.sealed is None:
        return mention.clear
    return open_text(report, mention.sealed, key=key, spot=spot_of(mention.pk))


def is_contact(role: str) -> bool:
    """Whether a value of this role is sealed with the contact of the reporter."""
    return role == PersonRole.REPORTER


def spot_of(mention: UUID) -> Spot:
    """Where a mention's value is sealed in its report."""
    return Spot("mention", "sealed", mention)

"""Questions about documents that were passed on: which one sees, who fetched, to whom they go."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from havre.agencies.models import Agency, Officer
from havre.agencies.reads import agencies_of_kinds
from havre.agencies.rules.permits import Permit
from havre.audit.rules import Actor, Station
from havre.cases.abroad.enclosures.models import Enclosure
from havre.cases.abroad.models import Exchange, Link
from havre.cases.abroad.passing.models import Fetch, PassedDocument
from havre.cases.abroad.passing.rules import RECEIVERS, why_kept
from havre.intake.conflicts.models import reports_in_conflict
from havre.plumbing.context import acting_as

PASSED_ROWS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedPage:
    """A page of what was passed on to an agency, newest first."""

    documents: tuple[PassedDocument, ...]
    next: str


def passed_page(actor: Actor, *, after: str = "") -> PassedPage:
    """What was passed on to the actor's agency, and was not taken back."""
    rows = PassedDocument.objects.visible_to(actor).select_related("agency", "partner")
    try:
        rows = rows.filter(pk__lt=UUID(after)) if after else rows
    except ValueError:
        rows = rows.none()
    found = list(rows[: PASSED_ROWS + 1])
    more = len(found) > PASSED_ROWS
    return PassedPage(
        documents=tuple(found[:PASSED_ROWS]), next=str(found[PASSED_ROWS - 1].pk) if more else ""
    )


def passed_of(exchange: Exchange, *, actor: Actor) -> list[PassedDocument]:
    """What of an exchange's documents was passed on, and what was taken back, newest first."""
    seen = PassedDocument.objects.visible_to(actor).filter(exchange=exchange)
    return list(seen.select_related("to_agency", "by"))


def passed_by_id(pk: UUID, *, actor: Actor) -> PassedDocument:
    """One of them. Raises PassedDocument.DoesNotExist, alike for another's, taken back, missing."""
    # Its exhibit is nobody's to see who has no key of it.
    return PassedDocument.objects.visible_to(actor).get(pk=pk)


def fetches_of(documents: Collection[PassedDocument], *, actor: Actor) -> dict[UUID, list[Fetch]]:
    """Who fetched each of these, oldest first."""
    found: dict[UUID, list[Fetch]] = {one.pk: [] for one in documents}
    if found:
        seen = Fetch.objects.visible_to(actor).filter(document__in=list(found))
        for one in seen.select_related("by"):
            found[one.document_id].append(one)
    return found


def enclosures_chosen(
    exchange: Exchange, chosen: Collection[UUID], *, actor: Actor
) -> list[Enclosure]:
    """The documents of an exchange that were chosen, by number. Raises Enclosure.DoesNotExist."""
    seen = Enclosure.objects.visible_to(actor).filter(dispatch__exchange=exchange, pk__in=chosen)
    found = list(seen.select_related("dispatch", "passage", "exhibit"))
    if len(found) < len(set(chosen)):
        raise Enclosure.DoesNotExist
    return found


def is_passed_on(enclosure: Enclosure, *, to: Agency, actor: Actor) -> bool:
    """Whether that agency has this document already."""
    seen = PassedDocument.objects.visible_to(actor)
    return seen.filter(enclosure=enclosure, to_agency=to, taken_back_at=None).exists()


def is_kept_since(enclosure: Enclosure) -> bool:
    """Whether the same document came again since, in a way that keeps it at the desk."""
    with acting_as(Station.PIPELINE.context):
        later = Enclosure.objects.filter(
            dispatch=enclosure.dispatch_id, sha256=enclosure.sha256, number__gt=enclosure.number
        )
        return any(
            why_kept(one.passage.handling, one.passage.caveats) is not None
            for one in later.select_related("passage")
        )


def may_be_seen(document: PassedDocument, permit: Permit) -> bool:
    """Whether anybody of the agency that a document goes to finds it on their page."""
    active = Officer.objects.filter(agency=document.to_agency_id, is_active=True)
    return any(one.may(permit) and _is_seen(document, one) for one in active)


def is_kept_from(exchange: Exchange, agency: Agency) -> bool:
    """Whether an exchange is, or was, about a report that names somebody of an agency.

    Asked in Havre's own name: the desk is told no more than that it cannot go there.
    """
    with acting_as(Station.PIPELINE.context):
        named = reports_in_conflict(str(agency.pk))
        tied = Q(report__in=named) | Q(referral__report__in=named)
        tied |= Q(case__reports__report__in=named)
        return Link.objects.filter(tied, exchange=exchange).exists()


def receivers() -> list[Agency]:
    """The agencies at home that documents are passed on to, by code."""
    return agencies_of_kinds(RECEIVERS)


def _is_seen(document: PassedDocument, officer: Officer) -> bool:
    with acting_as(officer.context):
        return PassedDocument.objects.visible_to(officer).filter(pk=document.pk).exists()

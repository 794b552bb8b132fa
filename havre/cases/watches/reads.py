"""Questions about the cases that an agency watches for."""

from collections.abc import Collection
from uuid import UUID

from havre.audit.rules import Actor
from havre.cases.models import Case
from havre.links.watches.models import Watch


def cases_watched_for(watches: Collection[Watch], *, actor: Actor) -> dict[UUID, Case]:
    """The cases that these watches are for, by id, as far as the actor may see them."""
    wanted = {watch.of_case for watch in watches if watch.of_case}
    return {case.pk: case for case in Case.objects.visible_to(actor).filter(pk__in=wanted)}

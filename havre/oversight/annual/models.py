from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models

from havre.agencies.models import Officer
from havre.plumbing import clock
from havre.plumbing.scopes import Scope

if TYPE_CHECKING:
    from havre.audit.rules import Actor

READERS = frozenset({Scope.AUDITOR, Scope.COORDINATOR, Scope.TIPLINE, Scope.WORK})


class AnnualTextQuerySet(models.QuerySet["AnnualText"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The organization, who watches it, and the national coordinator."""
        return self if actor.context.scope in READERS else self.none()


class AnnualText(models.Model):
    """What the organization says in its annual report beside the counts. Written for ministers."""

    # The year in which it begins, on 1 April.
    year = models.PositiveSmallIntegerField(primary_key=True)
    measures = models.TextField(blank=True)
    conflicts = models.TextField(blank=True)
    other = models.TextField(blank=True)
    changed_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    objects = AnnualTextQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-year"]

    def __str__(self) -> str:
        return str(self.year)

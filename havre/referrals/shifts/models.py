from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models

from havre.agencies.models import Officer
from havre.plumbing import clock, ids
from havre.plumbing.scopes import DESK

if TYPE_CHECKING:
    from havre.audit.rules import Actor


class HandOverQuerySet(models.QuerySet["HandOver"]):
    def visible_to(self, actor: "Actor") -> Self:
        """What the desk says to itself."""
        return self if actor.context.scope in DESK else self.none()


class HandOver(models.Model):
    """A word from one shift of the desk to the next, sealed. It is never altered."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, db_index=True)
    body = models.BinaryField()

    objects = HandOverQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.by_id} {self.at:%Y-%m-%d %H:%M}"

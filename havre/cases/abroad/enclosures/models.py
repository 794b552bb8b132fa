from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models

from havre.agencies.models import Officer
from havre.cases.abroad.dispatches.models import Dispatch, Passage
from havre.cases.abroad.enclosures.rules import DocumentKind
from havre.evidence.models import Exhibit
from havre.plumbing import clock, ids
from havre.plumbing.columns import among

if TYPE_CHECKING:
    from havre.audit.rules import Actor


class EnclosureQuerySet(models.QuerySet["Enclosure"]):
    def visible_to(self, actor: "Actor") -> Self:
        """Whoever sees the dispatch sees what was sent with it: its desk, and its partner."""
        return self.filter(dispatch__in=Dispatch.objects.visible_to(actor))


class Enclosure(models.Model):
    """A document that a clerk of a partner sent with what they told. Its bytes lie in the vault.

    Sealed under the dispatch's key, as its name is. How far it may go is said with the passage.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT, related_name="+")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="+")
    exhibit = models.OneToOneField(Exhibit, on_delete=models.PROTECT, related_name="+")
    number = models.SmallIntegerField()
    kind = models.CharField(max_length=10, choices=among(DocumentKind))
    name = models.BinaryField()
    # As the vault has them, for the partner, who sees nothing of the vault.
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    objects = EnclosureQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["dispatch", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dispatch", "number"], name="enclosures_are_numbered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dispatch_id}/{self.number}"

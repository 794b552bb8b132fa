from typing import TYPE_CHECKING, ClassVar, Self
from urllib.parse import urlencode

from django.db import models

from havre.agencies.models import Agency, Officer
from havre.plumbing import clock, ids
from havre.plumbing.scopes import Scope
from havre.triage.filters.rules import KEPT, LONGEST_NAME

if TYPE_CHECKING:
    from havre.audit.rules import Actor


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    def visible_to(self, actor: "Actor") -> Self:
        """One's own, and those that one's desk shares."""
        context = actor.context
        if context.scope is not Scope.TIPLINE:
            return self if context.scope is Scope.WORK else self.none()
        own = models.Q(owner=context.actor.removeprefix("officer:"))
        return self.filter(own | models.Q(is_shared=True), agency=context.agency)


class SavedFilter(models.Model):
    """A choice of the queue under a name. A shared one is the desk's: its supervisors keep it."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME)
    lane = models.CharField(max_length=20, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    spoken = models.CharField(max_length=8, blank=True)
    is_shared = models.BooleanField(default=False)
    saved_at = models.DateTimeField(default=clock.now)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["is_shared", "saved_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                condition=models.Q(is_shared=False),
                name="a_name_is_one_s_own_filter_once",
            ),
            models.UniqueConstraint(
                fields=["agency", "name"],
                condition=models.Q(is_shared=True),
                name="a_name_is_the_desk_s_filter_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def asked(self) -> dict[str, str]:
        """The choice as the queue takes it."""
        return {name: getattr(self, name) for name in KEPT}

    @property
    def query(self) -> str:
        """The choice as it stands in an address."""
        return urlencode({name: value for name, value in self.asked.items() if value})


class StartQuerySet(models.QuerySet["Start"]):
    def visible_to(self, actor: "Actor") -> Self:
        """One's own alone."""
        context = actor.context
        if context.scope is not Scope.TIPLINE:
            return self if context.scope is Scope.WORK else self.none()
        return self.filter(officer=context.actor.removeprefix("officer:"))


class Start(models.Model):
    """The filter that an officer's queue begins with."""

    officer = models.OneToOneField(
        Officer, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    filter = models.ForeignKey(SavedFilter, on_delete=models.CASCADE, related_name="+")

    objects = StartQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["officer_id"]

    def __str__(self) -> str:
        return f"{self.officer_id} begins with {self.filter_id}"

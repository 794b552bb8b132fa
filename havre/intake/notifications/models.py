from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models

from havre.agencies.models import Agency, Officer, Provider
from havre.plumbing import clock, ids
from havre.plumbing.scopes import Scope

if TYPE_CHECKING:
    from havre.audit.rules import Actor

# Whose keys these are: no desk opens what stands in this compartment, whatever it holds.
KEY_COMPARTMENT = "police-notification"


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The police service that was notified, and its provider; nobody of the tipline."""
        match actor.context.scope:
            case Scope.WORK:
                return self
            case Scope.PROVIDER:
                return self.filter(provider=actor.context.provider)
            case Scope.AGENCY:
                return self.filter(agency=actor.context.agency)
            case _:
                return self.none()


class Notification(models.Model):
    """What a provider told a police service itself. What it says stands sealed for that service.

    Its provider sees that it was delivered, and when. It starts the clock of section 4.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    reference = models.CharField(max_length=11, unique=True)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    # As it was then: a provider may change its name.
    provider_name = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    body = models.BinaryField()
    # A keyed digest of what was told to whom: the same token with anything else is no repetition.
    said = models.CharField(max_length=64, blank=True)
    delivered_at = models.DateTimeField(default=clock.now)
    # The law that held that day; "" where none of ours did, and no clock runs.
    regime = models.SlugField(max_length=40, blank=True)
    version = models.CharField(max_length=60, blank=True)
    until = models.DateField(null=True)
    reminded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-delivered_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["provider", "delivered_at"], name="notification_by_provider"),
            models.Index(fields=["agency", "delivered_at"], name="notification_by_agency"),
        ]

    def __str__(self) -> str:
        return self.reference


class OpeningQuerySet(models.QuerySet["Opening"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The police service's own: its provider is told of no opening."""
        match actor.context.scope:
            case Scope.WORK:
                return self
            case Scope.AGENCY:
                return self.filter(agency=actor.context.agency)
            case _:
                return self.none()


class Opening(models.Model):
    """Who of the police service read a notification first, and when."""

    notification = models.OneToOneField(
        Notification, on_delete=models.PROTECT, primary_key=True, related_name="opening"
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["at"]

    def __str__(self) -> str:
        return f"{self.notification_id} by {self.by_id}"

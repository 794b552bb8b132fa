from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models

from havre.agencies.models import Agency, Officer
from havre.plumbing import clock, ids
from havre.plumbing.scopes import Scope
from havre.referrals.webhooks.rules import DeliveryState

if TYPE_CHECKING:
    from havre.audit.rules import Actor


class EndpointQuerySet(models.QuerySet["Endpoint"]):
    def visible_to(self, actor: "Actor") -> Self:
        """An agency knows its own; Havre's own stations, all."""
        if actor.context.scope is Scope.WORK:
            return self
        return self.filter(agency=actor.context.agency or None)


class Endpoint(models.Model):
    """An address of an agency's record system that is called when something is new."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    url = models.URLField(max_length=300)
    is_on = models.BooleanField(default=True)
    # What happened before this moment is sent nowhere.
    since = models.DateTimeField(default=clock.now)
    # The secret is derived from this number; the one before it signs too until `old_until`.
    turn = models.SmallIntegerField(default=1)
    old_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    objects = EndpointQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["made_at", "id"]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.pk}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, actor: "Actor") -> Self:
        """An agency knows its own; Havre's own stations, all."""
        if actor.context.scope is Scope.WORK:
            return self
        return self.filter(agency=actor.context.agency or None)

    def to_send(self) -> Self:
        """Those that neither went out nor were given up."""
        return self.filter(sent_at=None, given_up_at=None)


class Delivery(models.Model):
    """One piece of news for one endpoint, and whether it went out. A code and a reference."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, related_name="+")
    # The news that it tells of; a test tells of none.
    news = models.UUIDField(null=True)
    kind = models.CharField(max_length=20)
    reference = models.CharField(max_length=11, blank=True)
    happened_at = models.DateTimeField(default=clock.now)
    next_try_at = models.DateTimeField(default=clock.now)
    tries = models.SmallIntegerField(default=0)
    # Why the last try failed, as a code.
    failed_as = models.CharField(max_length=60, blank=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name_plural = "deliveries"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["endpoint", "news"], name="an_endpoint_is_told_of_news_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(sent_at=None, given_up_at=None),
                name="deliveries_to_send",
            ),
            models.Index(fields=["happened_at"], name="deliveries_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"

    @property
    def message(self) -> str:
        """What names it to whoever gets it: the same however often it is sent."""
        return f"msg_{self.pk.hex}"

    @property
    def state(self) -> DeliveryState:
        """Where it stands."""
        if self.sent_at:
            return DeliveryState.SENT
        if self.given_up_at:
            return DeliveryState.GIVEN_UP
        return DeliveryState.FAILED if self.failed_as else DeliveryState.WAITING

"""Who may report by e-mail, and which documents were filed already."""

from typing import ClassVar, Self

from django.db import models

from havre.agencies.models import Provider
from havre.audit.rules import Actor
from havre.plumbing import clock, ids
from havre.plumbing.scopes import Scope


class SenderQuerySet(models.QuerySet["Sender"]):
    def visible_to(self, actor: Actor) -> Self:
        """A provider sees its own addresses; our own stations, all; others, none."""
        context = actor.context
        match context.scope:
            case Scope.WORK:
                return self
            case Scope.PROVIDER:
                return self.filter(provider_id=context.provider)
            case _:
                return self.none()


class Sender(models.Model):
    """An e-mail address from which a provider reports."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=320)
    since = models.DateTimeField(default=clock.now)

    objects = SenderQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["address"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["address"], name="an_address_reports_for_one_provider")
        ]

    def __str__(self) -> str:
        return self.address


class TakenQuerySet(models.QuerySet["Taken"]):
    def visible_to(self, actor: Actor) -> Self:
        """A provider sees its own; our own stations, all; others, nothing."""
        context = actor.context
        match context.scope:
            case Scope.WORK:
                return self
            case Scope.PROVIDER:
                return self.filter(provider_id=context.provider)
            case _:
                return self.none()


class Taken(models.Model):
    """A document that was filed: the same one again is the same report, for ever."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    # A digest of the document's own id and its bytes.
    token = models.CharField(max_length=64)
    number = models.BigIntegerField()
    at = models.DateTimeField(default=clock.now)

    objects = TakenQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider", "token"], name="a_document_makes_one_report"
            )
        ]

    def __str__(self) -> str:
        return self.token[:8]

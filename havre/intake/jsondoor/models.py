"""What a provider was answered, so that the same request twice is done once."""

from typing import ClassVar

from django.db import models

from havre.agencies.models import Provider
from havre.audit.rules import Actor
from havre.plumbing import clock, ids
from havre.plumbing.scopes import Scope


class AnsweredRequestQuerySet(models.QuerySet["AnsweredRequest"]):
    def visible_to(self, actor: Actor) -> "AnsweredRequestQuerySet":
        """A provider sees what it was answered; our own jobs, all of it; others, nothing."""
        context = actor.context
        match context.scope:
            case Scope.WORK:
                return self
            case Scope.PROVIDER:
                return self.filter(provider_id=context.provider)
            case _:
                return self.none()


class AnsweredRequest(models.Model):
    """A request with an Idempotency-Key that was done, and what was answered.

    Digests, and an answer of numbers and names of fields: nothing of what was reported.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    request = models.CharField(max_length=64)
    status = models.SmallIntegerField()
    answer = models.TextField()
    at = models.DateTimeField(default=clock.now)

    objects = AnsweredRequestQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider", "key"], name="a_key_stands_for_one_request_of_a_provider"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["at"], name="intake_answered_at")]

    def __str__(self) -> str:
        return self.key[:8]

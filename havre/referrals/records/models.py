from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models

from havre.agencies.models import Agency, Officer
from havre.plumbing import clock, ids
from havre.plumbing.scopes import Scope

if TYPE_CHECKING:
    from havre.audit.rules import Actor


class SystemKeyQuerySet(models.QuerySet["SystemKey"]):
    def visible_to(self, actor: "Actor") -> Self:
        """An agency knows its own; whoever shows a key finds that one alone."""
        context = actor.context
        if context.scope is Scope.PUBLIC:
            return self.filter(digest=context.token)
        return self.filter(agency=context.agency) if context.agency else self.none()


class SystemKey(models.Model):
    """A key of an agency's record system: a keyed digest of it, and who answers for it."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # What the agency calls the system that holds it.
    name = models.CharField(max_length=80)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    ending = models.CharField(max_length=4)
    issued_at = models.DateTimeField(default=clock.now)
    issued_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    # None: until another follows it or somebody revokes it.
    until = models.DateTimeField(null=True)

    objects = SystemKeyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-issued_at", "-id"]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.name}"


class Repeat(models.Model):
    """A request of a record system that was done: the same one again gets the first answer."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # Of the Idempotency-Key, and of the request: digests alone.
    key = models.CharField(max_length=64)
    request = models.CharField(max_length=64)
    status = models.SmallIntegerField(default=0)
    # A reference and a state: nothing that anybody typed.
    answer = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        ordering: ClassVar = ["made_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "key"], name="an_agency_s_request_is_done_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.key[:8]}"


class Pace(models.Model):
    """How many requests of a key may be let in still, and when that was counted.

    The table is not logged: counting writes nothing to disk, and begins anew after a crash.
    """

    key = models.UUIDField(primary_key=True)
    tokens = models.FloatField()
    # How many the last server process that asked has taken on account.
    taken = models.IntegerField()
    filled_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["key"]

    def __str__(self) -> str:
        return f"{self.tokens:.1f} of {self.key}"

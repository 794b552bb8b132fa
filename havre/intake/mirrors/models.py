from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from havre.agencies.models import Officer, Provider
from havre.intake.mirrors.rules import CopyState, Progress, Remark, Step
from havre.intake.models import Filing
from havre.plumbing import clock, ids
from havre.plumbing.columns import among
from havre.plumbing.scopes import Scope

if TYPE_CHECKING:
    from havre.audit.rules import Actor


class MirrorQuerySet(models.QuerySet["Mirror"]):
    def visible_to(self, actor: "Actor") -> Self:
        """A provider knows its own; Havre's own stations, all."""
        if actor.context.scope is Scope.WORK:
            return self
        return self.filter(provider=actor.context.provider or None)


class Mirror(models.Model):
    """The second base address of a provider. A test account is a provider with one of its own."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    provider = models.OneToOneField(Provider, on_delete=models.PROTECT, related_name="+")
    url = models.URLField(max_length=300)
    username = models.CharField(max_length=200)
    # Sealed under a key of its own, wrapped like a record's; None once it was taken away.
    password = models.BinaryField(null=True)
    is_on = models.BooleanField(default=True)
    set_at = models.DateTimeField(default=clock.now)
    set_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    # Whether the other side is to be asked who we are, before a report goes there.
    is_to_be_tried = models.BooleanField(default=True)
    answered_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failed_as = models.CharField(max_length=60, blank=True)

    objects = MirrorQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return str(self.provider_id)


class CopyQuerySet(models.QuerySet["Copy"]):
    def visible_to(self, actor: "Actor") -> Self:
        """A provider knows its own; Havre's own stations, all."""
        if actor.context.scope is Scope.WORK:
            return self
        return self.filter(provider=actor.context.provider or None)

    def to_send(self) -> Self:
        """Those that are to be called about, now or later."""
        return self.filter(state__in=[CopyState.STOPPING, CopyState.WAITING])


class Copy(models.Model):
    """A finished report on its way to the second base address, and how far it has come."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    mirror = models.ForeignKey(Mirror, on_delete=models.PROTECT, related_name="+")
    filing = models.OneToOneField(Filing, on_delete=models.PROTECT, related_name="+")
    number = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=among(CopyState), default=CopyState.WAITING)
    made_at = models.DateTimeField(default=clock.now)
    next_try_at = models.DateTimeField(default=clock.now)
    tries = models.IntegerField(default=0)
    # The step that was begun and is not answered yet.
    asked = models.CharField(max_length=10, choices=among(Step), blank=True, default="")
    far_report = models.CharField(max_length=20, blank=True, default="")
    far_files = ArrayField(models.CharField(max_length=64), default=list)
    described = models.IntegerField(default=0)
    is_unclear = models.BooleanField(default=False)
    # What its provider is told of a copy that is not what came, byte for byte.
    remarks = ArrayField(
        models.CharField(max_length=20, choices=among(Remark)),
        default=list,
        db_default=[],
    )
    failed_as = models.CharField(max_length=60, blank=True, default="")
    ended_at = models.DateTimeField(null=True)

    objects = CopyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name_plural = "copies"
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state__in=["stopping", "waiting"]),
                name="copies_to_send",
            ),
            models.Index(fields=["provider", "-id"], name="copies_of_a_provider"),
            models.Index(fields=["number"], name="copies_by_number"),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def progress(self) -> Progress:
        """How far it has come, as the rules read it."""
        return Progress(
            state=CopyState(self.state),
            far_report=self.far_report,
            far_files=tuple(self.far_files),
            described=self.described,
            is_unclear=self.is_unclear,
        )


class AnswerQuerySet(models.QuerySet["Answer"]):
    def visible_to(self, actor: "Actor") -> Self:
        """A provider knows its own; Havre's own stations, all."""
        if actor.context.scope is Scope.WORK:
            return self
        return self.filter(provider=actor.context.provider or None)


class Answer(models.Model):
    """What the other side answered to one call, kept as a receipt. Never changed."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    # None for a trial of the address, which is about no report.
    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, null=True, related_name="+")
    # Where, and as whom: the numbers that it names are that account's.
    url = models.CharField(max_length=320)
    username = models.CharField(max_length=200, blank=True, default="", db_default="")
    step = models.CharField(max_length=10, choices=among(Step))
    # Which file it was about, counted from one.
    file_number = models.IntegerField(null=True)
    at = models.DateTimeField(default=clock.now)
    # 0, and no code, where no answer came.
    status = models.SmallIntegerField()
    code = models.BigIntegerField(null=True)
    far_report = models.CharField(max_length=20, blank=True)
    far_file = models.CharField(max_length=64, blank=True)
    request = models.CharField(max_length=100, blank=True)
    # Which fields a refusal names: names of the wire, and nothing of what stood in them.
    fields = ArrayField(models.CharField(max_length=200), default=list, db_default=[])
    failed_as = models.CharField(max_length=60, blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["copy", "id"], name="answers_of_a_copy")]

    def __str__(self) -> str:
        return f"{self.step} {self.status}"

    @property
    def told(self) -> str:
        """The answer in short: the status of HTTP, the code of the wire, why there is none."""
        status = f"HTTP {self.status}" if self.status else ""
        code = "" if self.code is None else str(self.code)
        return " ".join(part for part in (status, code, self.failed_as) if part)

from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models

from havre.agencies.models import Officer
from havre.intake.models import GIVEN, Message, Report, Share
from havre.plumbing import clock, ids
from havre.plumbing.scopes import AGENCIES, DESK

if TYPE_CHECKING:
    from havre.audit.rules import Actor


READERS = DESK | AGENCIES


class WantedQuerySet(models.QuerySet["Wanted"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The desk's own; each sees those of their compartments."""
        if actor.context.scope not in DESK:
            return self.none()
        return self.filter(report__in=Report.objects.visible_to(actor))

    def waiting(self) -> Self:
        """Those for which an interpreter is asked and nobody has translated yet."""
        return self.filter(ended_at=None)

    def on_the_desk(self) -> Self:
        """Those that the desk still has to do with: waiting, or unread."""
        return self.filter(models.Q(ended_at=None) | models.Q(is_unread=True))

    def unread(self) -> Self:
        """Those that an interpreter translated and nobody of the desk has opened since."""
        return self.filter(is_unread=True)


class Wanted(models.Model):
    """An interpreter is asked for a report. Meanwhile the report keeps its place in the queue."""

    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    language = models.CharField(max_length=8)
    asked_at = models.DateTimeField(default=clock.now)
    # Nobody, when the words were marked as they came.
    asked_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    # Translated, or said to need no interpreter.
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    # An interpreter translated, and nobody of the desk has opened the report since.
    is_unread = models.BooleanField(default=False)

    objects = WantedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["asked_at", "report_id"]

    def __str__(self) -> str:
        return f"{self.report_id} in {self.language}"


class TranslationQuerySet(models.QuerySet["Translation"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The desk, in its compartments, and the agencies that the report was shared with."""
        if actor.context.scope not in READERS:
            return self.none()
        seen = self.filter(report__in=Report.objects.visible_to(actor))
        if actor.context.scope not in AGENCIES:
            return seen
        # A translation is of the whole: whoever was given a part of a report finds none.
        given = Share.objects.filter(agency__pk=actor.context.agency, until=None)
        whole = seen.exclude(report__in=given.filter(parts__isnull=False).values("report"))
        return whole.given()

    def given(self) -> Self:
        """Those that tell of no later word which stays with the tipline, for now or for good.

        Nor of one of which a passage does: which part of it is of that, nobody can say.
        """
        return self._telling_of(models.Q(kept_because=""))

    def given_or_since(self) -> Self:
        """Those besides that were written after such a passage was left: nobody had read them."""
        since = models.Q(decided_at__lt=models.OuterRef("at"))
        return self._telling_of(models.Q(kept_because="") | since)

    def _telling_of(self, which: models.Q) -> Self:
        words = Message.objects.filter(GIVEN, which, report=models.OuterRef("report"))
        return self.filter(of_words__contained_by=ArraySubquery(words.order_by().values("pk")))

    def standing(self) -> Self:
        """Those that whoever wrote them has not taken back."""
        return self.exclude(pk__in=TakenBack.objects.values("translation"))


class Translation(models.Model):
    """What a report says in one of the house's languages, sealed. A better one is a new row."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    from_language = models.CharField(max_length=8)
    to_language = models.CharField(max_length=2)
    # The id of the interpreter's sheet it was written on; none, where the desk wrote it down.
    sheet = models.UUIDField(null=True)
    # Of which later words it tells, by their ids: nobody outside reads it before they are given.
    of_words = ArrayField(models.UUIDField(), default=list, db_default=[])
    body = models.BinaryField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = TranslationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.report_id} from {self.from_language}"


class TakenBackQuerySet(models.QuerySet["TakenBack"]):
    def visible_to(self, actor: "Actor") -> Self:
        """Whoever may read the translation."""
        return self.filter(translation__in=Translation.objects.visible_to(actor))


class TakenBack(models.Model):
    """A translation that whoever wrote it took back at once. It stays, and is read no more."""

    translation = models.OneToOneField(
        Translation, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    at = models.DateTimeField(default=clock.now)

    objects = TakenBackQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["at"]

    def __str__(self) -> str:
        return f"{self.translation_id} taken back"

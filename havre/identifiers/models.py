from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from havre.intake.models import Report, Share
from havre.intake.rules.submission import LegalBasis, PersonRole
from havre.intake.splits.rules import LATER
from havre.plumbing import ids
from havre.plumbing.scopes import AGENCIES

if TYPE_CHECKING:
    from havre.audit.rules import Actor

EDITION_BYTES = 16


class Record(models.Model):
    """The parent of whatever identifiers stand in: a report, later a case or a missing child."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    kind = models.CharField(max_length=20)
    report = models.OneToOneField(Report, on_delete=models.PROTECT, null=True, related_name="+")
    # The rules that it was noted by; empty where nobody knows.
    edition = models.BinaryField(max_length=EDITION_BYTES, default=b"", db_default=b"")

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["edition"], name="record_by_edition")]
        # A wall finds by the one what was given of the other.
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(report=None) | models.Q(report=models.F("id")),
                name="record_of_a_report_has_its_id",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Unnoted(models.Model):
    """A report at which the present rules failed, since when, and when they try it again.

    The row stays when a later try goes well: what the present rules noted is asked of its record.
    """

    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    # The rules that failed at it: others try it at once.
    edition = models.BinaryField(max_length=EDITION_BYTES)
    since = models.DateTimeField()
    # The kind of fault and nothing more: its words may quote what a person typed.
    fault = models.CharField(max_length=60)
    tries = models.IntegerField()
    next_try_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["since", "report"]

    def __str__(self) -> str:
        return str(self.report_id)


class OfEach(models.Exists):
    """Whether there is a row, asked of each row that is met and never the other way round.

    A planner that takes the walls for rare begins with all that an agency was ever sent.
    """

    template = "(SELECT EXISTS(%(subquery)s))"


class MentionQuerySet(models.QuerySet["Mention"]):
    def visible_to(self, actor: "Actor") -> Self:
        """Mentions stand and fall with the report, or the part of it, that they are found in.

        What stands in later words on which nobody decided yet is the desk's alone.
        """
        # A record of a report has its id: the record itself need not be looked at.
        reports = Report.objects.visible_to(actor).filter(pk=models.OuterRef("record_id"))
        seen = self.filter(OfEach(reports))
        if actor.context.scope not in AGENCIES:
            return seen
        given = Share.objects.filter(
            report=models.OuterRef("record_id"), agency__pk=actor.context.agency, until=None
        )
        whole, apart = models.Q(parts=None), models.Q(parts__overlap=models.OuterRef("parts"))
        decided = seen.exclude(field__startswith=LATER)
        return decided.filter(OfEach(given.filter(whole | apart)))

    def unhushed(self) -> Self:
        """Those that may tie reports: no agency keeps their value quiet.

        Row security shows the hushed values to the desk and to Havre's stations alone. An agency
        asks the same question and finds what it would find if nothing were hushed.
        """
        return self.exclude(token__in=Hush.objects.values("token"))


class Hush(models.Model):
    """A value that ties no report to another at the desk, by its token, and for whose sake.

    One value may be hushed for several causes: it is quiet until the last is lifted. One cause may
    hush several forms of it.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    token = models.BinaryField(max_length=32)
    # The id of a row of a later room.
    cause = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["token"], name="hush_by_token")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cause", "token"], name="a_cause_hushes_a_form_once")
        ]

    def __str__(self) -> str:
        return str(self.cause)


class Mention(models.Model):
    """An identifier found in a record, made comparable.

    A suspect's stands in clear, because near matching needs it. Anybody else's is a keyed token
    and ciphertext, unmasked only by a logged act. `near` is a keyed token of what a suspect's
    name resembles.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="mentions")
    kind = models.CharField(max_length=20)
    token = models.BinaryField(max_length=32)
    clear = models.CharField(max_length=600, blank=True)
    sealed = models.BinaryField(null=True)
    near = models.BinaryField(max_length=16, null=True)
    role = models.CharField(max_length=10, choices=[(r.value, r.value) for r in PersonRole])
    field = models.CharField(max_length=80)
    start = models.IntegerField()
    end = models.IntegerField()
    confidence = models.SmallIntegerField()
    rule = models.CharField(max_length=60)
    port = models.IntegerField(null=True)
    seen_at = models.CharField(max_length=40, blank=True)
    legal_basis = models.CharField(max_length=20, choices=[(b.value, b.value) for b in LegalBasis])
    # In which incidents of a split report its value stands; NULL while the report is whole.
    parts = ArrayField(models.SmallIntegerField(), null=True)

    objects = MentionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["record", "field", "start"]
        indexes: ClassVar = [
            models.Index(
                fields=["near", "-record"],
                condition=models.Q(near__isnull=False),
                name="newest_mention_by_near",
            ),
            models.Index(fields=["token", "-record"], name="newest_mention_by_token"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} in {self.record_id}"

from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from havre.agencies.models import Agency, Officer, Provider
from havre.agencies.rules.permits import Compartment
from havre.evidence.models import Exhibit
from havre.intake.conflicts.models import but_for_conflicts
from havre.intake.rules.stages import ClosingAnswer, FilingState, Retention, StageWord
from havre.intake.rules.submission import AgeClass, Channel, Happening, LegalBasis
from havre.plumbing import clock, ids
from havre.plumbing.scopes import Scope

if TYPE_CHECKING:
    from havre.audit.rules import Actor


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The tipline sees its compartments; an agency, what is shared with it.

        A provider and a reporter see their own; Havre's own stations, everything. Nobody sees what
        names somebody of another agency to which they belong.
        """
        return but_for_conflicts(self._open_to(actor), actor, "pk")

    def _open_to(self, actor: "Actor") -> Self:
        context = actor.context
        match context.scope:
            case Scope.WORK:
                return self
            case Scope.TIPLINE:
                return self.filter(compartment__in=context.compartments.split(","))
            case Scope.AGENCY | Scope.COORDINATOR:
                return self.filter(shares__agency=context.agency, shares__until=None)
            case Scope.PROVIDER:
                return self.filter(provider=context.provider)
            case Scope.RECEIPT:
                return self.filter(pk=context.report)
            case _:
                return self.none()


class Report(models.Model):
    """What someone told us, exactly as they told it.

    A report is never edited. A correction arrives as a new report or a message. What was said
    stands sealed in `body`; beside it only what sorting and access need.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    reference = models.CharField(max_length=11, unique=True)
    channel = models.CharField(max_length=20, choices=[(c.value, c.value) for c in Channel])
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=8)
    received_at = models.DateTimeField(default=clock.now)
    received_zone = models.CharField(max_length=40)
    body = models.BinaryField()
    body_version = models.SmallIntegerField(default=1)
    # Who the reporter is and how to reach them, under a key of its own: no agency holds it.
    contact = models.BinaryField(null=True)
    incident_count = models.SmallIntegerField()
    person_count = models.SmallIntegerField()
    file_count = models.SmallIntegerField()
    danger_now = models.BooleanField(default=False)
    subject_age_class = models.CharField(
        max_length=10, choices=[(a.value, a.value) for a in AgeClass]
    )
    compartment = models.CharField(max_length=30, choices=[(c.value, c.value) for c in Compartment])
    retention_class = models.CharField(
        max_length=20, choices=[(r.value, r.value) for r in Retention]
    )
    legal_basis = models.CharField(max_length=20, choices=[(b.value, b.value) for b in LegalBasis])
    quarantined = models.BooleanField(default=False)
    # The word of a partner's link, as it came in the address; "" without one.
    via = models.CharField(max_length=40, blank=True, default="")

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.reference


class Incident(models.Model):
    """One thing that happened, as one report tells it. A referral refers an incident."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="incidents", db_index=False
    )
    number = models.SmallIntegerField()
    happening = models.CharField(max_length=20, choices=[(h.value, h.value) for h in Happening])
    danger_now = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["report", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report", "number"], name="incidents_of_a_report_are_numbered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.number}"


class Token(models.Model):
    """A delivery that was made: the same one again gives the first report."""

    # HMAC of the sender's token; the sender alone can ask for it (policy on havre.token).
    digest = models.CharField(primary_key=True, max_length=64)
    report = models.UUIDField()
    reference = models.CharField(max_length=11)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["made_at"]

    def __str__(self) -> str:
        return self.reference


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    def open_now(self) -> Self:
        """Those whose words still open a report. Ended, expired and unknown look the same."""
        return self.filter(models.Q(until=None) | models.Q(until__gt=clock.now()))


class Receipt(models.Model):
    """Where a receipt's words lead. The words themselves are kept nowhere."""

    lookup = models.CharField(primary_key=True, max_length=64)
    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="receipt")
    # From then on the words open nothing, exactly as words that never did.
    until = models.DateTimeField(null=True)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["lookup"]

    def __str__(self) -> str:
        return str(self.report_id)


class Stage(models.Model):
    """How far a report has come, as far as its reporter may know."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="stages", db_index=False
    )
    stage = models.CharField(max_length=20, choices=[(s.value, s.value) for s in StageWord])
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "stage"], name="a_stage_is_reached_once")
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.stage}"


class Closure(models.Model):
    """A report was closed without being sent on: the row that a closing asks for.

    Gone when the report is opened again.
    """

    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, primary_key=True, related_name="closure"
    )
    answer = models.CharField(max_length=20, choices=[(a.value, a.value) for a in ClosingAnswer])
    at = models.DateTimeField(default=clock.now)
    # From then on its reporter reads the answer; never, while it is empty.
    tell_from = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["at"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.answer}"


# What a reporter told later: given to whoever has what it was put to, with whom it went; decided on
# by nobody yet. What was kept back is neither.
GIVEN = models.Q(from_reporter=True, parts__len__gt=0)
UNDECIDED = models.Q(from_reporter=True, parts=None)


class Message(models.Model):
    """A word between the reporter and the tipline, sealed under the report's key."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="messages")
    from_reporter = models.BooleanField()
    body = models.BinaryField()
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    # To which incidents of a report something in it was put, of a whole one to all of them, so that
    # whoever has one reads it; none where it was kept back; NULL while nobody decided.
    parts = ArrayField(models.SmallIntegerField(), null=True)
    # Of a report that an agency had whole: who decided, and why it stays with the tipline, if so;
    # of a split one, that a passage of it does.
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    kept_because = models.CharField(max_length=20, blank=True, default="", db_default="")

    class Meta:
        ordering: ClassVar = ["at", "id"]
        indexes: ClassVar = [models.Index("report", condition=UNDECIDED, name="words_undecided")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def was_passed_on(self) -> bool:
        """Whether it went to whoever had its report whole."""
        return self.decided_at is not None and not self.kept_because


class Share(models.Model):
    """An agency may read a report: the row that a referral asks for."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="shares")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # As the report's: the report's own policy asks this table, so this one cannot ask back.
    compartment = models.CharField(max_length=30)
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)
    # Of which incidents of a split report it reads; NULL where it was given the report whole.
    parts = ArrayField(models.SmallIntegerField(), null=True)

    class Meta:
        ordering: ClassVar = ["since"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report", "agency"],
                condition=models.Q(until=None),
                name="an_agency_is_given_a_report_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} to {self.agency_id}"


class Attachment(models.Model):
    """Which exhibit came with which report, and as what: source document or file."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="attachments")
    exhibit = models.OneToOneField(Exhibit, on_delete=models.PROTECT, related_name="+")
    is_source = models.BooleanField(default=False)
    # To which incidents of a split report it belongs; NULL while the report is whole.
    parts = ArrayField(models.SmallIntegerField(), null=True)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return str(self.exhibit_id)


class FilingQuerySet(models.QuerySet["Filing"]):
    def visible_to(self, actor: "Actor") -> Self:
        """A provider sees its own filings; Havre's own stations, all. The desk sees reports."""
        context = actor.context
        match context.scope:
            case Scope.WORK:
                return self
            case Scope.PROVIDER:
                return self.filter(provider=context.provider)
            case _:
                return self.none()


class Filing(models.Model):
    """A provider's report while it is still open on the wire.

    `finish` makes the report of it; `retract` ends it. Its id is the report's id to be.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    # What the provider is shown: a permuted counter, not a sequence (decision 19).
    number = models.BigIntegerField(unique=True)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in FilingState], default=FilingState.OPEN
    )
    body = models.BinaryField()
    source = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    # The finished filing that this one adds to.
    supplements = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    # How much of what police need was told, and what was not: names of fields, never their text.
    quality = models.SmallIntegerField(null=True)
    missing = ArrayField(models.CharField(max_length=40), default=list)
    # What was read otherwise than it was written: places in the document, never its text.
    warnings = ArrayField(models.TextField(), default=list)
    # A digest of the bytes and of who sent them: a repeat finds the filing that they opened.
    sent_as = models.BinaryField(max_length=32, null=True)
    # How often it was changed: who knows it from before sees whether it still is as it was.
    changes = models.IntegerField(default=0)

    objects = FilingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(
                fields=["provider", "opened_at"],
                condition=models.Q(state=FilingState.OPEN),
                name="intake_filing_open",
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sent_as"],
                condition=models.Q(state=FilingState.OPEN),
                name="the_same_bytes_open_one_filing",
            )
        ]

    def __str__(self) -> str:
        return str(self.number)


class FilingFile(models.Model):
    """A file that a provider uploaded to an open filing."""

    exhibit = models.OneToOneField(
        Exhibit, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="files")
    file_id = models.CharField(max_length=32, unique=True)
    details = models.BinaryField(null=True)
    # Nobody asks whose document an exhibit is; and so the row is changed without its indexes.
    details_source = models.ForeignKey(
        Exhibit, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    uploaded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["uploaded_at", "exhibit"]

    def __str__(self) -> str:
        return self.file_id

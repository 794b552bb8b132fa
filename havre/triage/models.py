from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Least

from havre.agencies.models import Agency, Officer
from havre.intake.conflicts.models import but_for_conflicts
from havre.intake.models import Incident, Report
from havre.plumbing import clock, ids
from havre.plumbing.scopes import Scope
from havre.triage.bundles.rules import QUIET_BANDS
from havre.triage.closing.rules import ClosingReason, ClosingState
from havre.triage.overrides.rules import OverrideReason, OverrideState
from havre.triage.rules.claims import CLAIM_HOLDS, holds

if TYPE_CHECKING:
    from havre.audit.rules import Actor


# A report that may stand in a bundle: nothing in it is urgent, no person ranked it or has it in
# hand. None of these is ever unknown, so that a row stands in a bundle or singly, never in neither.
QUIET = models.Q(
    band__in=QUIET_BANDS,
    scored_band=models.F("band"),
    needs_attention=False,
    strong_links=0,
    claimed_by__isnull=True,
)
IN_A_BUNDLE = QUIET & models.Q(bundle__isnull=False)


class QueueItemQuerySet(models.QuerySet["QueueItem"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The queue is the tipline's own; each sees what stands in their compartments."""
        context = actor.context
        if context.scope is Scope.TIPLINE:
            held = self.filter(compartment__in=context.compartments.split(","))
            return but_for_conflicts(held, actor)
        return self if context.scope is Scope.WORK else self.none()

    def singly(self) -> Self:
        """Those that stand in the queue by themselves: all that do not stand in a bundle."""
        return self.filter(~IN_A_BUNDLE)

    def bundled(self) -> Self:
        """Those that stand in a bundle. What became urgent or is in hand stands by itself."""
        return self.filter(IN_A_BUNDLE)


class QueueItem(models.Model):
    """A report that waits for an analyst.

    It stands here from the first moment, unscored and to be read by a person; later steps enrich.
    """

    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    # As the report's, so that the queue is listed and counted without asking the report's own wall
    # for every row; the wall of this table lets nothing else be written here.
    compartment = models.CharField(max_length=30, default="")
    channel = models.CharField(max_length=20, default="")
    language = models.CharField(max_length=8, default="")
    quarantined = models.BooleanField(default=False)
    # Where it stands: 0 for IMMEDIATE or said to be in danger, then unscored, then B, C, D.
    rank = models.SmallIntegerField()
    # The lane it stands in; "" until scored.
    band = models.CharField(max_length=1, blank=True)
    # The lane that the rules ask for; "" until scored, and in rows older than overrides.
    scored_band = models.CharField(max_length=1, blank=True, default="")
    rule = models.CharField(max_length=60, blank=True)
    risk = models.SmallIntegerField(default=0)
    action = models.SmallIntegerField(default=0)
    # Codes, points and spans; never typed text.
    reasons = models.JSONField(default=list)
    gaps = models.JSONField(default=list)
    title = models.JSONField(default=list)
    strong_links = models.SmallIntegerField(default=0)
    # A later report that is tied to this one raised it, and from where.
    raised_by = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, related_name="+")
    raised_from = models.CharField(max_length=1, blank=True, default="")
    raised_risk = models.SmallIntegerField(default=0)
    raised_at = models.DateTimeField(null=True)
    policy = models.CharField(max_length=40, blank=True)
    queued_at = models.DateTimeField(default=clock.now)
    review_by = models.DateTimeField()
    # The last day that its provider must keep what belongs to it, copied from the provider's own
    # row, which no desk sees; and until when logs of its addresses may be kept: an estimate.
    kept_until = models.DateField(null=True)
    logs_until = models.DateField(null=True)
    # A step of the route keeps failing: shown in its own lane, still readable by a person.
    needs_attention = models.BooleanField(default=False)
    failed_step = models.CharField(max_length=40, blank=True)
    done_steps = models.JSONField(default=list)
    # How many incidents of a split report wait for a decision; 0 of one that is whole.
    open_incidents = models.SmallIntegerField(default=0)
    claimed_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    claimed_at = models.DateTimeField(null=True)
    # The bundle in which it stands, while nothing in it is urgent.
    bundle = models.ForeignKey(
        "bundles.Bundle", on_delete=models.PROTECT, null=True, related_name="+"
    )
    # It says nothing that this one does not, and is counted with it. Whatever changes of either
    # row, or takes the other off, brings it forward again: the database does, not a program.
    behind = models.ForeignKey(
        "self",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        related_name="+",
    )

    objects = QueueItemQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["rank", "-risk", "queued_at"]
        indexes: ClassVar = [
            # All that a list or a count of the queue asks for.
            models.Index(
                fields=["rank", "-risk", "queued_at", "report"],
                include=[
                    *("compartment", "band", "channel", "language", "quarantined"),
                    *("needs_attention", "claimed_by", "claimed_at", "behind"),
                    *("bundle", "scored_band", "strong_links", "kept_until", "logs_until"),
                ],
                name="queue_listed",
            ),
            models.Index(
                Least("kept_until", "logs_until"),
                "report",
                condition=models.Q(kept_until__isnull=False) | models.Q(logs_until__isnull=False),
                name="queue_running_out",
            ),
            models.Index(fields=["queued_at", "report"], name="queue_oldest"),
            models.Index(
                fields=["behind"],
                condition=models.Q(behind__isnull=False),
                name="queue_behind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.band or 'unscored'}"

    @property
    def rule_band(self) -> str:
        """The lane that the rules ask for, whatever a person set; "" until scored."""
        return self.scored_band or (self.band if self.rule else "")

    @property
    def is_set_by_hand(self) -> bool:
        """Whether a person set another lane than the rules."""
        return self.rule_band != self.band

    @property
    def is_raised(self) -> bool:
        """Whether it still stands higher than before a later report was tied to it."""
        before = (self.raised_from, -self.raised_risk)
        return bool(self.raised_from) and (self.rule_band, -self.risk) < before

    @property
    def is_kept_below(self) -> bool:
        """Whether a person set a lower lane than the rules ask for since a later report came."""
        return self.is_raised and self.rule_band < self.band

    @property
    def held_by(self) -> Officer | None:
        """Who has this report in hand. Whoever is let in no more, or long away, holds nothing."""
        if self.claimed_by is None or not self.claimed_by.is_here:
            return None
        return self.claimed_by if holds(self.claimed_at, now=clock.now()) else None

    @property
    def held_until(self) -> datetime | None:
        """Until when it is in hand, if its holder does not look at it again."""
        return self.claimed_at + CLAIM_HOLDS if self.claimed_at else None


class Suggestion(models.Model):
    """Where a report should go, as the rules see it, with the evidence as codes."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    probability = models.SmallIntegerField()
    evidence = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["report", "-probability", "agency__code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report", "agency"], name="an_agency_is_suggested_once_for_a_report"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} to {self.agency_id}"


class ClosingQuerySet(models.QuerySet["Closing"]):
    def visible_to(self, actor: "Actor") -> Self:
        """Closings are the tipline's own; each sees those of their compartments."""
        return self.filter(report__in=Report.objects.visible_to(actor))


class Closing(models.Model):
    """A report, or one incident of it, was closed without referral: why, by whom, who read it.

    Lane, rule and score are those it had; the row stays when the report is opened again.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    # Of a split report, the incident that was closed; NULL where the report was closed whole.
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=20, choices=[(r.value, r.value) for r in ClosingReason])
    duplicate_of = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.BinaryField()
    tells_reporter = models.BooleanField()
    band = models.CharField(max_length=1, blank=True)
    rule = models.CharField(max_length=60, blank=True)
    title = models.JSONField(default=list)
    risk = models.SmallIntegerField(default=0)
    closed_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(default=clock.now)
    # Why a second person reads it, as codes; empty when the first one's word is final.
    read_twice = models.JSONField(default=list)
    read_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)
    # Nobody, when the reporter wrote again and it went back by itself.
    reopened_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    reopened_at = models.DateTimeField(null=True)
    reopened_note = models.BinaryField(null=True)

    objects = ClosingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report", "incident"],
                condition=models.Q(reopened_at=None),
                nulls_distinct=False,
                name="a_report_is_closed_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(read_by=None) | ~models.Q(read_by=models.F("closed_by")),
                name="a_closing_is_read_by_another_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.reason}"

    @property
    def state(self) -> ClosingState:
        """Where it stands: to be read once more, final, or opened again."""
        if self.reopened_at:
            return ClosingState.REOPENED
        return ClosingState.TO_READ if self.read_twice and not self.read_at else ClosingState.FINAL


class OverrideQuerySet(models.QuerySet["Override"]):
    def visible_to(self, actor: "Actor") -> Self:
        """Overrides are the tipline's own; each sees those of their compartments."""
        return self.filter(report__in=Report.objects.visible_to(actor))

    def standing(self) -> Self:
        """Those that hold, or wait to be confirmed."""
        return self.filter(ended_at=None)

    def to_weigh(self) -> Self:
        """Those that hold, or that words ended: others may have ended them too."""
        return self.filter(models.Q(ended_at=None) | ~models.Q(ended_by_words=[]))


class Override(models.Model):
    """A person set another lane for a report than the rules, or asks for one."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    # What the rules asked for when it was set, and by which rule; "" of a report without a score.
    scored_band = models.CharField(max_length=1, blank=True)
    rule = models.CharField(max_length=60, blank=True)
    policy = models.CharField(max_length=40, blank=True)
    to_band = models.CharField(max_length=1)
    reason = models.CharField(max_length=20, choices=[(r.value, r.value) for r in OverrideReason])
    note = models.BinaryField()
    set_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=clock.now)
    needs_second = models.BooleanField()
    confirmed_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    # Nobody, when a new score ended it.
    ended_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    # The later words, not given then, without which a new score would not have ended it.
    ended_by_words = ArrayField(models.UUIDField(), default=list, db_default=[])

    objects = OverrideQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report"],
                condition=models.Q(ended_at=None),
                name="one_override_of_a_report_stands_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None) | ~models.Q(confirmed_by=models.F("set_by")),
                name="a_lowered_lane_is_confirmed_by_another_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} to {self.to_band}"

    @property
    def state(self) -> OverrideState:
        """Where it stands: asked for, in force, or over."""
        if self.ended_at:
            return OverrideState.ENDED
        waits = self.needs_second and not self.confirmed_at
        return OverrideState.TO_CONFIRM if waits else OverrideState.IN_FORCE

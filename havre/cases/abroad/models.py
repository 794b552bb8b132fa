from typing import TYPE_CHECKING, ClassVar, Self
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from havre.agencies.models import Agency, Officer
from havre.agencies.rules.permits import Compartment
from havre.cases.abroad.rules.mistreatment import Act, Assessed, Decision, Measure, Risk, Ruling
from havre.cases.abroad.rules.states import (
    Closing,
    Direction,
    ExchangeKind,
    ExchangeState,
    Handling,
    Life,
    Reliability,
    Step,
)
from havre.cases.models import Case
from havre.intake.conflicts.models import Rows, but_for_conflicts, but_for_our_own
from havre.intake.models import Report
from havre.plumbing import clock, ids
from havre.plumbing.columns import among
from havre.plumbing.scopes import Scope
from havre.referrals.models import Referral

if TYPE_CHECKING:
    from havre.audit.rules import Actor

KEY_COMPARTMENT = "exchange"
# Where an exchange may be held: trafficking is told to nobody who was not let in.
HELD_IN = (Compartment.GENERAL, Compartment.TRAFFICKING)
# How a tie leads to the reports that it is about.
TIED = ("report", "referral__report", "case__reports__report")


def but_for_what_is_tied(rows: Rows, actor: "Actor", path: str = "") -> Rows:
    """Rows without those whose exchange is about what another agency keeps from the actor.

    `path` leads from the rows to their exchange.
    """
    for tied in TIED:
        rows = but_for_conflicts(rows, actor, f"{path}links__{tied}")
    return rows


def but_for_our_own_tied(rows: Rows, actor: "Actor", path: str = "") -> Rows:
    """Rows without those whose exchange is about somebody of the agency for which one acts."""
    for tied in TIED:
        rows = but_for_our_own(rows, actor, f"{path}links__{tied}")
    return rows


class ExchangeQuerySet(models.QuerySet["Exchange"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The national coordinators of a desk see its exchanges, in the compartments they hold.

        None sees what is about somebody of another agency of theirs.
        """
        context = actor.context
        if context.scope is Scope.WORK:
            return self
        if context.scope is not Scope.COORDINATOR:
            return self.none()
        held = context.compartments.split(",")
        own = self.filter(agency=UUID(context.agency), compartment__in=held)
        return but_for_what_is_tied(own, actor)


class Exchange(models.Model):
    """A request from or to an agency of another country. What was typed stands sealed."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    reference = models.CharField(max_length=11, unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    direction = models.CharField(max_length=3, choices=among(Direction))
    kind = models.CharField(max_length=30, choices=among(ExchangeKind))
    compartment = models.CharField(max_length=30, choices=among(HELD_IN))
    handling = models.CharField(max_length=2, choices=among(Handling))
    caveats = ArrayField(models.CharField(max_length=30), default=list)
    reliability = models.CharField(max_length=10, choices=among(Reliability))
    # What it is called, what is said, and their number, in one sealed piece.
    body = models.BinaryField()
    # Their number as a keyed digest: the same letter is not filed twice.
    their_digest = models.BinaryField(max_length=32, null=True)
    # Grows with every change of what is told: an older assessment is none.
    revision = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=12, choices=among(ExchangeState))
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(max_length=30, choices=among(Closing), blank=True)
    # A listed group is named: national security gets a copy.
    needs_copy = models.BooleanField(default=False)
    copied_at = models.DateTimeField(null=True)
    # A clerk of theirs said something here that nobody of the desk has looked at.
    has_news = models.BooleanField(default=False)

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=["acknowledged", "received", "sent"]),
                name="exchanges_somebody_waits_for",
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "partner", "compartment", "their_digest"],
                name="a_letter_from_abroad_is_filed_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | (Q(closed_at__isnull=False) & ~Q(closed_because="")),
                name="an_exchange_is_closed_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def life(self) -> Life:
        """Where it stands, as the rules read it."""
        return Life(
            direction=Direction(self.direction),
            state=ExchangeState(self.state),
            due_at=self.due_at,
            sent_at=self.sent_at,
            acknowledged_at=self.acknowledged_at,
            answered_at=self.answered_at,
            needs_copy=self.needs_copy and self.copied_at is None,
        )


class Assessment(models.Model):
    """What somebody found of the risk of mistreatment, and what a second person decided on it."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="assessments")
    acts = ArrayField(models.CharField(max_length=10))
    risk = models.CharField(max_length=15, choices=among(Risk))
    measures = ArrayField(models.CharField(max_length=15), default=list)
    grounds = models.BinaryField()
    revision = models.PositiveIntegerField()
    is_escalated = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=6, choices=among(Decision), blank=True)
    decided_because = models.BinaryField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("by")),
                name="a_risk_is_decided_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(decision="") | Q(is_escalated=True, decided_by__isnull=False),
                name="only_what_was_escalated_is_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exchange_id} {self.risk}"

    @property
    def assessed(self) -> Assessed:
        """As the rules read it."""
        return Assessed(
            acts=frozenset(Act(act) for act in self.acts),
            risk=Risk(self.risk),
            by=str(self.by.person_pk),
            revision=self.revision,
            is_escalated=self.is_escalated,
            decision=Decision(self.decision) if self.decision else None,
        )

    @property
    def ruling(self) -> Ruling:
        """What it comes to."""
        return self.assessed.ruling

    @property
    def lessened_by(self) -> list[Measure]:
        """The measures that go with it."""
        return [Measure(one) for one in self.measures]


class Letter(models.Model):
    """What was said at a step, or noted beside it. Sealed; never changed."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="letters")
    # "" for a note.
    step = models.CharField(max_length=12, choices=among(Step), blank=True)
    words = models.BinaryField()
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.exchange_id} {self.step}"


class Link(models.Model):
    """A report, referral or case that an exchange is about. Who may not see it, sees no link."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="links")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    # What an officer calls it: its number.
    called = models.CharField(max_length=20)
    made_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(report__isnull=False, referral=None, case=None)
                | Q(report=None, referral__isnull=False, case=None)
                | Q(report=None, referral=None, case__isnull=False),
                name="a_link_abroad_is_to_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.called

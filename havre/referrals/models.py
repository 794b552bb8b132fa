from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from havre.agencies.models import Agency, Officer
from havre.intake.conflicts.models import but_for_conflicts
from havre.intake.models import Incident, Report
from havre.plumbing import clock, ids
from havre.plumbing.columns import among
from havre.plumbing.scopes import AGENCIES, Scope
from havre.referrals.rules.outcomes import Disposition, Insufficiency, ReferralState
from havre.referrals.rules.sending import Caveat, Ending, RemarkKind, WholeBecause
from havre.referrals.rules.states import OVER, ClockName, Level, OtherClock, Standing

if TYPE_CHECKING:
    from havre.audit.rules import Actor


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, actor: "Actor") -> Self:
        """An agency sees what was sent to it; the tipline, what it sent.

        What was undone before anybody opened it was never sent. Nobody sees what is of a report
        that names somebody of another agency to which they belong.
        """
        return but_for_conflicts(self._seen_by(actor), actor)

    def _seen_by(self, actor: "Actor") -> Self:
        if actor.context.scope is Scope.TIPLINE:
            return self.filter(report__in=Report.objects.visible_to(actor))
        if actor.context.scope in AGENCIES:
            mine = self.filter(to_agency=actor.context.agency)
            return mine.exclude(state=ReferralState.UNDONE)
        return self if actor.context.scope is Scope.WORK else self.none()


class Referral(models.Model):
    """An incident sent to the agency that can act on it."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    # What people outside quote; random, never time-ordered.
    reference = models.CharField(max_length=11, unique=True)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    to_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    # The lane, its rule and the title by rule that the report had when it was sent, as codes.
    band = models.CharField(max_length=1, blank=True)
    rule = models.CharField(max_length=60, blank=True)
    title = models.JSONField(default=list)
    # What the desk took the incident to be when it was sent; "" where it said nothing.
    classified_as = models.CharField(max_length=20, blank=True, default="")
    # Why the whole story went along with one incident of a split report; "" where it did not.
    whole_because = models.CharField(
        max_length=20,
        blank=True,
        default="",
        choices=among(WholeBecause),
    )
    # Why this agency, as the analyst typed it: sealed under the report's key.
    reason = models.BinaryField()
    state = models.CharField(
        max_length=10,
        choices=among(ReferralState),
        default=ReferralState.SENT,
    )
    caveats = ArrayField(models.CharField(max_length=20, choices=among(Caveat)), default=list)
    sent_at = models.DateTimeField(default=clock.now)
    # Since when the first clock runs, where another agency had it before; else since it was sent.
    clock_since = models.DateTimeField(null=True)
    answer_by = models.DateTimeField()
    act_by = models.DateTimeField(null=True)
    acted_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField(null=True)
    returned_note = models.BinaryField(null=True)
    suggested_agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # The referral that came back and whose clock goes on here; the one that this adds to.
    carries = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    supplements = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    assigned_to = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    is_asking = models.BooleanField(default=False)
    # When something came to it that its addressee has not seen; when they last looked.
    news_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    # When what it carries last grew: another package follows those that were made before.
    grew_at = models.DateTimeField(null=True)
    # When the last word was told of which its addressee was warned, without content: it may be
    # immediate and waits at the tipline. NULL once somebody decided on all that were told by then.
    warned_at = models.DateTimeField(null=True)
    # Why it was cancelled or declined: a code, so that it can be read when the key is gone.
    ended_because = models.CharField(max_length=20, blank=True, choices=among(Ending))
    ended_at = models.DateTimeField(null=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["band", "sent_at"]
        indexes: ClassVar = [
            # All that a list or a count of an inbox asks for.
            models.Index(
                fields=["to_agency", "state", "band", "answer_by", "id"],
                include=["report", "act_by", "acted_at", "assigned_to", "news_at", "seen_at"],
                name="referral_inbox",
            ),
            # What was over and has something new that nobody there has seen.
            models.Index(
                fields=["to_agency", "state", "band", "answer_by", "id"],
                include=["report", "assigned_to", "news_at", "seen_at"],
                condition=models.Q(news_at__gt=models.F("seen_at")),
                name="referral_news",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["incident", "to_agency"],
                condition=~models.Q(state__in=sorted(str(state) for state in OVER)),
                name="an_incident_is_referred_to_an_agency_once",
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def standing(self) -> Standing:
        """Where it stands, as the rules see it."""
        return Standing(
            state=ReferralState(self.state),
            band=self.band,
            since=self.clock_since or self.sent_at,
            answer_by=self.answer_by,
            accepted_at=self.accepted_at,
            act_by=self.act_by,
            acted_at=self.acted_at,
            is_asking=self.is_asking,
        )

    @property
    def is_unread(self) -> bool:
        """Whether its addressee has not seen it, or not what came to it since."""
        return self.seen_at is None or (self.news_at is not None and self.news_at > self.seen_at)

    @property
    def has_grown(self) -> bool:
        """Whether it carries more than its addressee has seen."""
        if self.grew_at is None:
            return False
        return self.seen_at is None or self.grew_at > self.seen_at


class Remark(models.Model):
    """Something said about a referral between the desk and its addressee, or among those there."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="remarks")
    kind = models.CharField(max_length=10, choices=among(RemarkKind))
    # Sealed under the report's key.
    text = models.BinaryField()
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.kind}"


class AlarmQuerySet(models.QuerySet["Alarm"]):
    def visible_to(self, actor: "Actor") -> Self:
        """An agency hears its own; the coordinator, what went unheard; the desk, what it sent.

        Nobody hears of what another agency of theirs keeps them from.
        """
        return but_for_conflicts(self._heard_by(actor), actor, "referral__report")

    def _heard_by(self, actor: "Actor") -> Self:
        context = actor.context
        mine = models.Q(agency=context.agency or None)
        if context.scope is Scope.COORDINATOR:
            return self.filter(mine | models.Q(level=Level.COORDINATOR)).select_related("agency")
        if context.scope is Scope.AGENCY:
            return self.filter(mine).select_related("agency")
        if context.scope is Scope.TIPLINE:
            sent = Referral.objects.visible_to(actor)
            return self.filter(referral__in=sent).select_related("agency")
        return self if context.scope is Scope.WORK else self.none()


class Alarm(models.Model):
    """A clock of a referral that somebody must hear of. Codes and moments only.

    Without a referral it rings for something of a later room, by its reference.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, null=True, related_name="+")
    # What the coordinator needs, who may not read the referral.
    reference = models.CharField(max_length=11)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    band = models.CharField(max_length=1, blank=True)
    which = models.CharField(max_length=10, choices=among((*ClockName, *OtherClock)))
    level = models.CharField(max_length=12, choices=among(Level))
    due = models.DateTimeField()
    raised_at = models.DateTimeField(default=clock.now)
    # When the referral was answered, or taken back: it rings no more.
    answered_at = models.DateTimeField(null=True)

    objects = AlarmQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["referral", "which", "level"], name="an_alarm_rings_once"
            ),
            models.UniqueConstraint(
                fields=["reference", "which", "due"],
                condition=models.Q(referral=None),
                name="another_clock_rings_once_for_a_moment",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["agency", "due"],
                condition=models.Q(answered_at=None),
                name="alarms_that_ring",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.which} {self.level}"


class AgencyKeyQuerySet(models.QuerySet["AgencyKey"]):
    def visible_to(self, actor: "Actor") -> Self:
        """An agency knows its own."""
        agency = actor.context.agency
        return self.filter(agency=agency) if agency else self.none()


class AgencyKey(models.Model):
    """A public age key of an agency: files in its packages are sealed to the one that stands."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    recipient = models.CharField(max_length=100)
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")

    objects = AgencyKeyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-added_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency"],
                condition=models.Q(withdrawn_at=None),
                name="an_agency_has_one_key_for_files",
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.recipient}"


class Package(models.Model):
    """What an agency took away of a referral, sealed as it was made.

    One that lacks files for want of a key, or was made before what it carries grew, is followed by
    another; both are kept.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    lacks_key = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64)
    # The archive, sealed under the report's key.
    sealed = models.BinaryField()
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["made_at", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["referral", "number"], name="a_package_has_its_number_in_a_referral"
            )
        ]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.sha256[:8]}"


class Outcome(models.Model):
    """What an agency said came of a referral. A later word is a new row; none is altered."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="outcomes")
    disposition = models.CharField(max_length=20, choices=among(Disposition))
    insufficiency = models.CharField(max_length=30, blank=True, choices=among(Insufficiency))
    count = models.PositiveSmallIntegerField(null=True)
    usefulness = models.PositiveSmallIntegerField(null=True)
    missing_fields = ArrayField(models.CharField(max_length=20), default=list)
    note = models.BinaryField(null=True)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.disposition}"

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models

from havre.agencies.models import Agency, Officer
from havre.intake.conflicts.models import but_for_conflicts
from havre.intake.models import Report
from havre.plumbing import clock, ids
from havre.plumbing.scopes import AGENCIES, Scope
from havre.triage.paging.rules.ladder import PageEnd, PageKind, PageState, Rung
from havre.triage.paging.rules.ways import Way

if TYPE_CHECKING:
    from havre.audit.rules import Actor

WAITS = models.Q(acknowledged_at=None, ended_at=None)


class PageQuerySet(models.QuerySet["Page"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The desk sees its own, of its compartments; an agency its own; the coordinator all."""
        if actor.context.scope in {Scope.COORDINATOR, Scope.WORK}:
            return but_for_conflicts(self, actor)
        if actor.context.scope in AGENCIES:
            return but_for_conflicts(self.filter(agency=actor.context.agency), actor)
        if actor.context.scope is not Scope.TIPLINE:
            return self.none()
        # Asked of each page's report: as a list, every report there is was read for one page.
        seen = Report.objects.visible_to(actor).filter(pk=models.OuterRef("report"))
        return self.of_the_desk().filter(models.Q(report=None) | models.Exists(seen))

    def of_the_desk(self) -> Self:
        """Those for which the tipline's own people are called."""
        return self.filter(agency=None)

    def waiting(self) -> Self:
        """Those that nobody has acknowledged, and that did not end otherwise."""
        return self.filter(WAITS)


class Page(models.Model):
    """Somebody is called because something cannot wait. It waits until a person acknowledges.

    It holds a number and moments, nothing of what was told.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in PageKind])
    report = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, related_name="+")
    # Whose people are called: those of the agency that was sent the report; of the tipline, None.
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    # The report's number, or that of the referral to the agency.
    reference = models.CharField(max_length=20, blank=True)
    # Which compartment one must hold to be called; "" where everybody may be.
    compartment = models.CharField(max_length=30, blank=True)
    written_at = models.DateTimeField(default=clock.now)
    # When somebody else is called, unless it is acknowledged before.
    next_at = models.DateTimeField(default=clock.now)
    round = models.SmallIntegerField(default=1)
    # Nobody was on call when the first person was to be called.
    nobody_on_call = models.BooleanField(default=False)
    # Since when the whole ladder was called in vain: it stands red on the queue.
    missed_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, related_name="+"
    )
    acknowledged_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(
        max_length=20, blank=True, choices=[(e.value, e.value) for e in PageEnd]
    )

    objects = PageQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report"],
                condition=WAITS & models.Q(report__isnull=False, agency=None),
                name="one_page_of_a_report_waits_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["reference"],
                condition=WAITS & models.Q(agency__isnull=False),
                name="one_page_of_a_referral_waits_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=WAITS & models.Q(kind=PageKind.UNATTENDED.value),
                name="one_alarm_of_an_unattended_queue_waits_at_a_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_at"], condition=WAITS, name="pages_that_wait")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"

    @property
    def state(self) -> PageState:
        """Where it stands."""
        if self.acknowledged_at:
            return PageState.ACKNOWLEDGED
        if self.ended_at:
            return PageState.ENDED
        return PageState.MISSED if self.missed_at else PageState.WAITING

    def may_be_taken_by(self, officer: Officer) -> bool:
        """Whether it is an officer's to take: one for a referral is its own agency's alone."""
        return self.kind != PageKind.REFERRAL or self.agency_id == officer.agency_id


class CallQuerySet(models.QuerySet["Call"]):
    def visible_to(self, actor: "Actor") -> Self:
        """Whoever sees a page sees who was called for it."""
        return self.filter(page__in=Page.objects.visible_to(actor))


class Call(models.Model):
    """One person was called for a page, by one way, and whether that went out.

    A person with no way to be reached has one row without a way, given up at once: it is seen.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="calls")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    rung = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Rung])
    round = models.SmallIntegerField()
    way = models.CharField(max_length=10, blank=True, choices=[(w.value, w.value) for w in Way])
    called_at = models.DateTimeField(default=clock.now)
    next_try_at = models.DateTimeField(default=clock.now)
    tries = models.SmallIntegerField(default=0)
    # Why the last try failed, as a code.
    failed_as = models.CharField(max_length=60, blank=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["page", "round", "officer", "way"],
                name="a_person_is_called_once_by_each_way_in_a_round",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(sent_at=None, given_up_at=None),
                name="calls_to_send",
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} by {self.way or 'nothing'}"


class ReachQuerySet(models.QuerySet["Reach"]):
    def visible_to(self, actor: "Actor") -> Self:
        """Each sees their own; Havre's own stations, all."""
        if actor.context.scope is Scope.WORK:
            return self
        return self.filter(officer=actor.signature.removeprefix("officer:"))


class Reach(models.Model):
    """How a person wants to be reached, as that person said it."""

    officer = models.OneToOneField(
        Officer, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    webhook = models.URLField(max_length=300, blank=True)
    # The secret of the webhook is derived from this number; another number, another secret.
    turn = models.SmallIntegerField(default=1)
    said_at = models.DateTimeField(default=clock.now)
    # A test that was asked for, when it went out, and how each way took it: a code, "" for well.
    test_asked_at = models.DateTimeField(null=True)
    tested_at = models.DateTimeField(null=True)
    test_results = models.JSONField(default=dict)

    objects = ReachQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["officer"]
        verbose_name_plural = "reaches"

    def __str__(self) -> str:
        return f"{self.officer_id}"

    def ways(self) -> dict[Way, str]:
        """Each way that was named, and where it leads."""
        named = {Way.EMAIL: self.email, Way.SMS: self.phone, Way.WEBHOOK: self.webhook}
        return {way: where for way, where in named.items() if where}

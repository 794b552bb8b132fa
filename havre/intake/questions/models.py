from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from django.db import models

from havre.agencies.models import Agency, Officer, Provider
from havre.intake.models import Report
from havre.intake.questions.rules import AnswerCode, QuestionKind, Wait
from havre.plumbing import clock, ids
from havre.plumbing.scopes import Scope

if TYPE_CHECKING:
    from havre.audit.rules import Actor

Row = TypeVar("Row", bound=models.Model)


class OfAReportQuerySet(models.QuerySet[Row]):
    """Rows about a provider's report that an agency or the desk wrote."""

    def visible_to(self, actor: "Actor") -> Self:
        """A provider sees those of its reports; an agency its own and the desk's; the desk, all."""
        context = actor.context
        match context.scope:
            case Scope.WORK:
                return self
            case Scope.PROVIDER:
                return self.filter(provider=context.provider)
            case Scope.TIPLINE:
                return self.filter(report__in=Report.objects.visible_to(actor))
            case Scope.AGENCY | Scope.COORDINATOR:
                mine = models.Q(agency=context.agency) | models.Q(agency=None)
                return self.filter(mine, report__in=Report.objects.visible_to(actor))
            case _:
                return self.none()


class Question(models.Model):
    """A closed question to the provider that reported. It holds codes, and no reason.

    An order's number is what a court printed on it; the provider needs it to find the order.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    # None: the tipline asks for everybody who has the report.
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    # From which referral: a row of a later room.
    referral = models.UUIDField(null=True)
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in QuestionKind])
    order_number = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.CharField(
        max_length=20, blank=True, choices=[(a.value, a.value) for a in AnswerCode]
    )
    # A port, a time zone or a day, in its one form.
    value = models.CharField(max_length=60, blank=True)
    # When whoever asked was told last: of the answer, or that it is late.
    told_late_at = models.DateTimeField(null=True)
    carried_at = models.DateTimeField(null=True)
    # The e-mail that tells its provider of it: when it went out last (again, where it is due later
    # than that), when it is tried next, how often it was, why it failed, and when it was given up.
    mailed_at = models.DateTimeField(null=True)
    mail_due_at = models.DateTimeField(default=clock.now)
    mail_tries = models.SmallIntegerField(default=0)
    mail_failed_as = models.CharField(max_length=60, blank=True)
    mail_given_up_at = models.DateTimeField(null=True)

    objects = OfAReportQuerySet["Question"].as_manager()

    class Meta:
        ordering: ClassVar = ["asked_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report", "agency", "kind"],
                condition=models.Q(answered_at=None, withdrawn_at=None),
                nulls_distinct=False,
                name="a_question_waits_once_for_whoever_asks",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["provider", "due_at"],
                condition=models.Q(answered_at=None, withdrawn_at=None),
                name="questions_that_wait",
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.kind}"

    @property
    def wait(self) -> Wait:
        """How it waits, as the rules read it."""
        return Wait(
            asked_at=self.asked_at,
            due_at=self.due_at,
            answered=self.answered_at is not None,
            withdrawn=self.withdrawn_at is not None,
        )


class KeepUp(models.Model):
    """Police asked a provider to keep an account up: nobody is told anything of this report."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    objects = OfAReportQuerySet["KeepUp"].as_manager()

    class Meta:
        ordering: ClassVar = ["set_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report", "agency"],
                condition=models.Q(ended_at=None),
                nulls_distinct=False,
                name="an_account_is_kept_up_once_for_whoever_asks",
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} since {self.set_at:%Y-%m-%d}"

from typing import TYPE_CHECKING, ClassVar, Self
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from havre.agencies.models import Officer
from havre.intake.conflicts.models import but_for_conflicts
from havre.intake.models import Report
from havre.plumbing import clock, ids
from havre.plumbing.scopes import DESK, Scope
from havre.triage.interpreting.sheets.rules import Why

if TYPE_CHECKING:
    from havre.audit.rules import Actor


class SheetQuerySet(models.QuerySet["Sheet"]):
    def visible_to(self, actor: "Actor") -> Self:
        """An interpreter: what waits in their languages, free or in their own hands.

        What they handed back is offered to others, and so is whatever else comes of a report in
        which they know somebody. The desk sees those of its reports.
        """
        context = actor.context
        if context.scope in DESK:
            return self.filter(report__in=Report.objects.visible_to(actor))
        if context.scope is not Scope.INTERPRETER:
            return self.none()
        me = UUID(actor.signature.removeprefix("officer:"))
        reads = Officer.objects.filter(pk=me, is_active=True).values_list("interprets", flat=True)
        back = HandedBack.objects.filter(officer=me)
        return (
            but_for_conflicts(self.open(), actor)
            .filter(language__in=reads.first() or ())
            .filter(compartment__in=context.compartments.split(","))
            .filter(Q(claimed_by=None) | Q(claimed_by=me))
            .exclude(pk__in=back.values("sheet"))
            .exclude(report__in=back.filter(why=Why.KNOWS_THEM).values("report"))
        )

    def open(self) -> Self:
        """Those that wait for an interpreter, or are in the hands of one."""
        return self.filter(finished_at=None, withdrawn_at=None)


class Sheet(models.Model):
    """The words of a report in one language, as an interpreter is given them, and nothing else.

    Sealed under the report's key, which no interpreter holds: the action that shows a sheet opens
    it for whoever may see its row.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    compartment = models.CharField(max_length=30)
    language = models.CharField(max_length=8)
    body = models.BinaryField()
    # Where in the report these words stand; nobody is asked for the same ones again by itself.
    places = ArrayField(models.CharField(max_length=60), default=list)
    offered_at = models.DateTimeField(default=clock.now)
    claimed_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    # When whoever has it in hand last took it up or wrote on it.
    claimed_at = models.DateTimeField(null=True)
    draft = models.BinaryField(null=True)
    # Whose draft it is: nobody goes on with another's.
    draft_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    finished_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)
    # Another language is asked for, or no interpreter is needed.
    withdrawn_at = models.DateTimeField(null=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(finished_at=None, withdrawn_at=None),
                name="a_report_has_one_open_sheet",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id} in {self.language}"


class HandedBackQuerySet(models.QuerySet["HandedBack"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The desk, of its reports; an interpreter, their own."""
        context = actor.context
        if context.scope in DESK:
            return self.filter(report__in=Report.objects.visible_to(actor))
        if context.scope is Scope.INTERPRETER:
            return self.filter(officer=UUID(actor.signature.removeprefix("officer:")))
        return self.none()


class HandedBack(models.Model):
    """An interpreter could not do a sheet, and why. It is offered to others, not to them.

    Whoever knows somebody in it is offered no other sheet of that report either.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="+")
    # As the sheet's: the sheet's own policy asks this table, so this one cannot ask back.
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Why])
    at = models.DateTimeField(default=clock.now)

    objects = HandedBackQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sheet", "officer"], name="an_interpreter_hands_a_sheet_back_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.why}"

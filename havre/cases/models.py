from typing import TYPE_CHECKING, ClassVar, Self, TypeVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from havre.agencies.models import Agency, Officer
from havre.agencies.rules.permits import Compartment, Role
from havre.cases.rules.access import CaseRole, GrantKind, Part
from havre.cases.rules.states import CaseState, ClosingReason, case_number
from havre.evidence.models import Exhibit
from havre.identifiers.models import EDITION_BYTES
from havre.intake.conflicts.models import but_for_conflicts, but_for_our_own, reports_in_conflict
from havre.intake.models import Report
from havre.intake.rules.stages import Retention
from havre.intake.rules.submission import AgeClass, LegalBasis, PersonRole
from havre.plumbing import clock, ids
from havre.plumbing.columns import among
from havre.plumbing.scopes import AGENCIES, Scope
from havre.plumbing.values.lists import one_found, one_of

if TYPE_CHECKING:
    from havre.audit.rules import Actor

# The wraps of a case's key stand apart from those of reports: no desk holds this compartment.
KEY_COMPARTMENT = "case"
P = TypeVar("P", bound=models.Model)


def grants_to(agency: str) -> models.QuerySet["Grant"]:
    """The grants to an agency that run now, whoever holds the case by now."""
    return Grant.objects.filter(to_agency=UUID(agency), withdrawn_at=None, until__gt=clock.now())


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, actor: "Actor", *, is_own: bool | None = None) -> Self:
        """An agency sees its own cases and those shared with it; restricted ones, members alone.

        The Crown liaison sees what is marked for court. No case with a report that names somebody
        of another agency of the actor's is seen, nor another's that names somebody of this one.
        With `is_own` an agency's own of these, or none of its own.
        """
        context = actor.context
        if context.scope is Scope.WORK:
            return self
        if context.scope not in AGENCIES:
            return self.none()
        # Found by the index of either, without a look at each case of every agency.
        given = grants_to(context.agency).filter(from_agency=F("case__agency")).order_by()
        own, shared = Q(agency=context.agency), one_found("pk", given.values("case"))
        whose = {None: own | shared, True: own, False: ~own & shared}[is_own]
        seen = self.filter(whose, Q(restricted=False) | Q(readers__contains=[actor.signature]))
        seen = but_for_conflicts(seen, actor, "reports__report")
        if named := reports_in_conflict(context.agency):
            seen = seen.exclude(~Q(agency=context.agency), one_of("reports__report", named))
        is_crown = isinstance(actor, Officer) and actor.role == Role.CROWN_LIAISON
        return seen.filter(for_court=True) if is_crown else seen


class Case(models.Model):
    """An investigation of one agency. What people typed in it stands sealed under its own key."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    # What stands in addresses; random. People say the number, which is the agency's own.
    reference = models.CharField(max_length=11, unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    year = models.SmallIntegerField()
    number = models.IntegerField()
    # Under which numbers other agencies knew it before they handed it over.
    earlier_numbers = ArrayField(models.CharField(max_length=80), default=list)
    title = models.BinaryField()
    state = models.CharField(max_length=10, choices=among(CaseState), default=CaseState.OPEN)
    because = models.CharField(max_length=20, blank=True, choices=among(ClosingReason))
    times_reopened = models.SmallIntegerField(default=0)
    # Only its members see it. `readers` are their signatures: the policy of this table cannot ask
    # the members' table, which asks this one.
    restricted = models.BooleanField(default=False)
    readers = ArrayField(models.CharField(max_length=60), default=list)
    for_court = models.BooleanField(default=False)
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)
    subject_age_class = models.CharField(
        max_length=10, choices=among(AgeClass), default=AgeClass.UNKNOWN
    )
    compartment = models.CharField(
        max_length=30, choices=among(Compartment), default=Compartment.GENERAL
    )
    retention_class = models.CharField(
        max_length=20, choices=among(Retention), default=Retention.STANDARD
    )
    legal_basis = models.CharField(
        max_length=20, choices=among(LegalBasis), default=LegalBasis.STATUTORY_REPORT
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "year", "number"], name="an_agency_numbers_its_cases_once"
            ),
            models.CheckConstraint(
                condition=Q(state=CaseState.CLOSED) & ~Q(because="")
                | ~Q(state=CaseState.CLOSED) & Q(because=""),
                name="a_case_is_closed_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.written_number

    @property
    def written_number(self) -> str:
        """The number as its agency writes it."""
        return case_number(self.year, self.number)


class Counter(models.Model):
    """The last number that an agency gave to a case in a year."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    year = models.SmallIntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["year"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "year"], name="an_agency_counts_a_year_once")
        ]

    def __str__(self) -> str:
        return case_number(self.year, self.last)


class Grant(models.Model):
    """Another agency may read a case, or a part of it, until a moment.

    It opens the case only while `from_agency` holds it: a transfer ends what was not renewed.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="grants")
    from_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    to_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=among(GrantKind))
    parts = ArrayField(models.CharField(max_length=10), default=list)
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["since"]

    def __str__(self) -> str:
        return f"{self.case_id} to {self.to_agency_id}"


class PartQuerySet(models.QuerySet[P]):
    def visible_to(self, actor: "Actor", part: Part | None) -> Self:
        """Rows of cases that the actor may see, where that part of the case is open to them.

        Without a part: what only the agencies see that work on the case.
        """
        seen = self.filter(case__in=Case.objects.visible_to(actor))
        if actor.context.scope is Scope.WORK:
            return seen
        grants = grants_to(actor.context.agency).filter(
            case=OuterRef("case"), from_agency=OuterRef("case__agency")
        )
        opens = Q(kind=GrantKind.JOINT) | (Q(parts__contains=[part]) if part else Q())
        shared = Exists(grants.filter(opens))
        return seen.filter(Q(case__agency=actor.context.agency) | shared)


class ReportPartQuerySet(PartQuerySet[P]):
    """What came with reports, without those that name somebody of the actor's own agency."""

    path, stands = "report", Q(taken_out_at=None)

    def visible_to(self, actor: "Actor", part: Part | None) -> Self:
        seen = super().visible_to(actor, part).filter(self.stands)
        return but_for_our_own(seen, actor, self.path)


class ExhibitPartQuerySet(ReportPartQuerySet["CaseExhibit"]):
    path, stands = "exhibit__record", Q()


class Member(models.Model):
    """An officer who works on a case, and as what. One who left stays here with the day."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="members")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=among(CaseRole))
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["since", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "officer"],
                condition=Q(until=None),
                name="an_officer_is_in_a_case_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.role}"


class Note(models.Model):
    """What somebody wrote down in a case: never altered; a correction is another note."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    body = models.BinaryField()
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    objects = PartQuerySet["Note"].as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return str(self.id)


class NoteWord(models.Model):
    """A word of a note as a keyed digest, by which it is found while sealed (decision 015)."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="words")
    digest = models.BigIntegerField()

    objects = PartQuerySet["NoteWord"].as_manager()

    class Meta:
        ordering: ClassVar = ["note", "digest"]
        indexes: ClassVar = [models.Index(fields=["digest", "note"], name="case_note_by_word")]

    def __str__(self) -> str:
        return f"{self.digest} in {self.note_id}"


class Task(models.Model):
    """Something to be done in a case, by a day."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    what = models.BinaryField()
    due = models.DateField(null=True)
    assigned_to = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")

    objects = PartQuerySet["Task"].as_manager()

    class Meta:
        ordering: ClassVar = ["due", "id"]

    def __str__(self) -> str:
        return str(self.id)


class Person(models.Model):
    """Somebody a case is about. A suspect's name stands in clear; anybody else's is sealed."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="people")
    role = models.CharField(max_length=10, choices=among(PersonRole))
    age_class = models.CharField(max_length=10, choices=among(AgeClass))
    clear_name = models.CharField(max_length=200, blank=True)
    sealed_name = models.BinaryField(null=True)
    # Keyed digests of how the name is written and sounds, by which it is compared while sealed.
    name_keys = ArrayField(models.BigIntegerField(), default=list)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    objects = PartQuerySet["Person"].as_manager()

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.role} {self.id}"


class NameKey(models.Model):
    """One of a person's name keys again, in a row of its own, by which the person is found.

    Behind a wall the database looks up equal numbers by their index, not what an array holds.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="keys")
    digest = models.BigIntegerField()

    objects = PartQuerySet["NameKey"].as_manager()

    class Meta:
        ordering: ClassVar = ["person", "digest"]
        indexes: ClassVar = [
            models.Index(fields=["digest", "person"], name="case_person_by_name_key"),
            # An agency's own cases are few beside all who bear a common name.
            models.Index(fields=["case", "digest"], name="name_key_within_case"),
        ]

    def __str__(self) -> str:
        return f"{self.digest} of {self.person_id}"


class PersonIdentifier(models.Model):
    """A phone, e-mail or handle of somebody in a case, by the normal form that reports have too."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=20)
    token = models.BinaryField(max_length=32)
    edition = models.BinaryField(max_length=EDITION_BYTES, default=b"", db_default=b"")
    clear = models.CharField(max_length=600, blank=True)
    sealed = models.BinaryField(null=True)
    legal_basis = models.CharField(max_length=20, choices=among(LegalBasis))
    at = models.DateTimeField(default=clock.now)

    objects = PartQuerySet["PersonIdentifier"].as_manager()

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["token"], name="case_identifier_by_token")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"


class CaseReport(models.Model):
    """A report that belongs to a case. The report itself opens only to whom it was sent."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reports")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=11)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    # One that was taken out belongs to it no more, but still keeps the case from whom it names.
    taken_out_at = models.DateTimeField(null=True)

    objects = ReportPartQuerySet["CaseReport"].as_manager()

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "report"],
                condition=Q(taken_out_at=None),
                name="a_case_holds_a_report_once",
            )
        ]

    def __str__(self) -> str:
        return self.reference


class CaseExhibit(models.Model):
    """A file of a linked report, taken into a case under a number of its own."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="exhibits")
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="+")
    number = models.SmallIntegerField()
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    objects = ExhibitPartQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "exhibit"], name="a_case_takes_a_file_once"),
            models.UniqueConstraint(fields=["case", "number"], name="exhibits_are_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number}"

from typing import TYPE_CHECKING, ClassVar, Self
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from havre.agencies.models import Agency, Officer
from havre.cases.abroad.enclosures.models import Enclosure
from havre.cases.abroad.enclosures.rules import DocumentKind
from havre.cases.abroad.models import HELD_IN, Exchange, but_for_our_own_tied, but_for_what_is_tied
from havre.cases.abroad.passing.rules import GOES_ALONG, GOES_ON_UNDER
from havre.cases.abroad.rules.states import Caveat
from havre.evidence.models import Exhibit
from havre.plumbing import clock, ids
from havre.plumbing.columns import among
from havre.plumbing.scopes import Scope

if TYPE_CHECKING:
    from havre.audit.rules import Actor

KEY_COMPARTMENT = "passed"


class PassedDocumentQuerySet(models.QuerySet["PassedDocument"]):
    def visible_to(self, actor: "Actor") -> Self:
        """The desk that passed it on, and the agency that it was passed on to while it has it.

        In the compartments they hold. None finds what is about somebody of an agency of theirs.
        """
        context = actor.context
        if context.scope is Scope.WORK:
            return self
        if context.scope not in {Scope.AGENCY, Scope.COORDINATOR}:
            return self.none()
        held = self.filter(compartment__in=context.compartments.split(","))
        own = but_for_what_is_tied(held, actor, "exchange__")
        if context.scope is Scope.COORDINATOR:
            return own.filter(agency=UUID(context.agency))
        theirs = own.filter(to_agency=UUID(context.agency), taken_back_at=None)
        return but_for_our_own_tied(theirs, actor, "exchange__")


class PassedDocument(models.Model):
    """A document of a partner abroad that the desk passed on to one agency at home, with a word.

    A copy of its own under a key of its own, which the desk and that agency hold: no row and no key
    of the exchange opens to the agency by it.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    enclosure = models.ForeignKey(Enclosure, on_delete=models.PROTECT, related_name="+")
    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="+")
    exhibit = models.OneToOneField(Exhibit, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    to_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # What its receiver is told of where it comes from.
    partner = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=11)
    compartment = models.CharField(max_length=30, choices=among(HELD_IN))
    number = models.SmallIntegerField()
    kind = models.CharField(max_length=10, choices=among(DocumentKind))
    name = models.BinaryField()
    words = models.BinaryField()
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    handling = models.CharField(max_length=2, choices=among(GOES_ON_UNDER))
    caveats = ArrayField(models.CharField(max_length=30, choices=among(Caveat)), default=list)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    # When its sender withdrew it, or what lets it go: its receiver has no key of it.
    withdrawn_at = models.DateTimeField(null=True)

    objects = PassedDocumentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["to_agency", "-id"], name="documents_passed_to_an_agency"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enclosure", "to_agency"],
                condition=Q(taken_back_at=None),
                name="a_document_is_passed_to_an_agency_once",
            ),
            models.CheckConstraint(
                condition=Q(handling__in=[str(code) for code in GOES_ON_UNDER])
                & Q(caveats__contained_by=[str(limit) for limit in GOES_ALONG]),
                name="what_its_sender_keeps_is_not_passed_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}/{self.number}"


class FetchQuerySet(models.QuerySet["Fetch"]):
    def visible_to(self, actor: "Actor") -> Self:
        """Whoever sees what was passed on sees who fetched it."""
        return self.filter(document__in=PassedDocument.objects.visible_to(actor))


class Fetch(models.Model):
    """Somebody of the agency fetched a document that was passed on. Never changed."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    document = models.ForeignKey(PassedDocument, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    objects = FetchQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.document_id} {self.at:%Y-%m-%d %H:%M}"

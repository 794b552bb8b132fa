from typing import ClassVar

from django.db import models
from django.db.models import Q

from havre.agencies.models import Officer
from havre.cases.models import Case, PartQuerySet
from havre.cases.requests.rules.clocks import Life, RequestState
from havre.cases.requests.rules.kinds import RequestKind
from havre.plumbing import clock, ids
from havre.plumbing.columns import among

# Expired is what a day makes of one that was sent.
STORED = [s for s in RequestState if s is not RequestState.EXPIRED]


class LegalRequest(models.Model):
    """A demand or an order to somebody who holds data, for one case. What was typed is sealed."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    reference = models.CharField(max_length=11, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, choices=among(RequestKind))
    # Whom it goes to, by our list; "" when the addressee was typed, which is sealed.
    provider = models.CharField(max_length=40, blank=True)
    is_foreign = models.BooleanField(default=False)
    body = models.BinaryField()
    state = models.CharField(max_length=10, choices=among(STORED), default=RequestState.DRAFT)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    # Days of the law's own zone.
    sent_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    lapses = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    settled_on = models.DateField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")

    objects = PartQuerySet["LegalRequest"].as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["case", "due_on"], name="request_by_day")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(sent_on__isnull=False),
                name="a_request_is_answered_only_once_it_was_sent",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def life(self) -> Life:
        """Where it stands, as the rules read it."""
        return Life(
            state=RequestState(self.state),
            sent_on=self.sent_on,
            due_on=self.due_on,
            lapses=self.lapses,
        )

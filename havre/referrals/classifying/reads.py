"""Questions about what incidents are taken to be."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from havre.audit.rules import Actor
from havre.intake.models import Incident
from havre.referrals.classifying.models import Classification
from havre.referrals.wording import HAPPENINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedClassification:
    """What the desk once took an incident to be, with its reason."""

    row: Classification
    reason: str
    happening: Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class BothKinds:
    """An incident as its reporter called it and as the desk does, the latest word first."""

    incident: Incident
    reported: Promise
    said: tuple[OpenedClassification, ...]

    @property
    def latest(self) -> OpenedClassification | None:
        """What counts now."""
        return self.said[0] if self.said else None

    @property
    def agrees(self) -> bool:
        """Whether the desk calls it what its reporter does."""
        return bool(self.said) and self.said[0].row.happening == self.incident.happening


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How often the desk called incidents what their reporters did, and what else it called them.

    `pairs` are the commonest disagreements: as reported, as classified, how often.
    """

    agreed: int
    classified: int
    pairs: tuple[tuple[Promise, Promise, int], ...]


def classified_as(incident: Incident) -> str:
    """What the desk takes an incident to be, as a code; "" while it says nothing."""
    latest = Classification.objects.filter(incident=incident).first()
    return latest.happening if latest else ""


def agreement_since(since: datetime, *, most_pairs: int, actor: Actor) -> Agreement:
    """The latest word on each incident that the desk classified since a moment."""
    found = Classification.objects.visible_to(actor).filter(at__gte=since)
    latest = (
        found.order_by("incident_id", "-id")
        .distinct("incident_id")
        .values_list("incident__happening", "happening")
    )
    counted = Counter(latest)
    others = [(pair, count) for pair, count in counted.most_common() if pair[0] != pair[1]]
    return Agreement(
        agreed=sum(count for pair, count in counted.items() if pair[0] == pair[1]),
        classified=counted.total(),
        pairs=tuple(
            (HAPPENINGS[said], HAPPENINGS[taken], count)
            for (said, taken), count in others[:most_pairs]
        ),
    )

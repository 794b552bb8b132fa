"""How much of what police need a provider's report tells: a score, and what is missing most.

A field counts where it can be told: what is asked of a file is asked where a file is expected.
So whoever fills a field that is named as missing always raises the score. The weights say how
often a field decides whether somebody can be found, or a child be known to be safe.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from havre.intake.rules.submission import (
    FileFacts,
    GivenIdentifier,
    Happening,
    Person,
    PersonRole,
    Submission,
)

MOST_NAMED = 5
ENOUGH_WORDS = 8
ACCOUNTS = frozenset({"account", "handle"})
CONTACTS = frozenset({"email", "phone"})


@dataclass(frozen=True, slots=True)
class Told:
    """A submission, taken apart as the questions below ask for it."""

    submission: Submission
    suspects: tuple[Person, ...]
    children: tuple[Person, ...]
    addresses: tuple[GivenIdentifier, ...]

    @property
    def files(self) -> tuple[FileFacts, ...]:
        return self.submission.files

    @property
    def longest_story(self) -> int:
        """The words of what was told at most of one incident."""
        return max(len(incident.narrative.split()) for incident in self.submission.incidents)

    def suspects_give(self, kinds: Iterable[str]) -> bool:
        """Whether any suspect has an identifier of one of these kinds."""
        return any(given.kind in kinds for one in self.suspects for given in one.identifiers)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One field: what the wire calls it, its weight, why it matters, whether it was told."""

    field: str
    weight: int
    why: str
    is_told: Callable[[Told], bool]
    of_a_file: bool = False
    of_a_batch: bool = False


WANTED = (
    Wanted(
        "ipCaptureEvent",
        20,
        "An Internet address is what a subscriber is found by.",
        lambda told: bool(told.addresses),
    ),
    Wanted(
        "ipCaptureEvent/dateTime",
        12,
        "An address belongs to somebody only at a moment.",
        lambda told: any(given.at for given in told.addresses),
    ),
    Wanted(
        "espIdentifier",
        12,
        "The account is what an order to you will name.",
        lambda told: told.suspects_give(ACCOUNTS),
        of_a_batch=True,
    ),
    Wanted(
        "file",
        10,
        "Without the file nobody can tell what was seen.",
        lambda told: bool(told.files),
        of_a_file=True,
        of_a_batch=True,
    ),
    Wanted(
        "email",
        9,
        "An e-mail address or a telephone number leads to the same person elsewhere.",
        lambda told: told.suspects_give(CONTACTS),
    ),
    Wanted(
        "fileViewedByEsp",
        8,
        "Whether a person saw the whole file decides if police may open it without a warrant.",
        lambda told: bool(told.files) and all(f.viewed_by_sender is not None for f in told.files),
        of_a_file=True,
    ),
    Wanted(
        "content",
        8,
        "The words themselves, eight at least, show what was asked of the child, and when.",
        lambda told: any(
            len(i.narrative.split()) >= ENOUGH_WORDS for i in told.submission.incidents
        ),
    ),
    Wanted(
        "ipCaptureEvent/port",
        7,
        "Behind a shared address only the port tells one customer from another.",
        lambda told: any(given.port for given in told.addresses),
    ),
    Wanted(
        "victim",
        7,
        "A child with an account or an age can be found and kept safe.",
        lambda told: any(c.identifiers or c.age is not None for c in told.children),
    ),
    Wanted(
        "estimatedLocation",
        6,
        "A province sends the report to the right police at once.",
        lambda told: any(place.region for one in told.suspects for place in one.places),
    ),
    Wanted(
        "industryClassification",
        5,
        "A class tells what to look at first, unseen.",
        lambda told: bool(told.files) and all(f.classification for f in told.files),
        of_a_file=True,
        of_a_batch=True,
    ),
    Wanted(
        "uploadedToEspTimestamp",
        4,
        "The moment of upload ties the file to a sign-in.",
        lambda told: bool(told.files) and all(f.uploaded_at for f in told.files),
        of_a_file=True,
    ),
    Wanted(
        "deviceId",
        4,
        "A device ties accounts together.",
        lambda told: told.suspects_give({"device"}),
    ),
    Wanted(
        "profileUrl",
        3,
        "A link shows the account as it stood.",
        lambda told: told.suspects_give({"url"}),
    ),
)
WHY = {wanted.field: wanted.why for wanted in WANTED}


@dataclass(frozen=True, slots=True)
class Quality:
    """A score from 0 to 100, and the fields that were not told, the weightiest first."""

    score: int
    missing: tuple[str, ...]

    @property
    def header(self) -> str:
        """The answer's header: the score, and the few fields that would lift it most."""
        named = ",".join(self.missing[:MOST_NAMED])
        return f"{self.score}; missing={named}" if named else str(self.score)


def quality_of(submission: Submission, *, is_batched: bool = False) -> Quality:
    """How much of what police need a report tells."""
    told = _taken_apart(submission)
    is_about_files = bool(told.files) or any(
        incident.happening is Happening.PICTURES for incident in submission.incidents
    )
    asked = [
        wanted
        for wanted in WANTED
        if (wanted.of_a_batch if is_batched else is_about_files or not wanted.of_a_file)
    ]
    missing = [wanted for wanted in asked if not wanted.is_told(told)]
    whole = sum(wanted.weight for wanted in asked)
    lost = sum(wanted.weight for wanted in missing)
    in_order = sorted(missing, key=lambda wanted: -wanted.weight)
    return Quality(100 * (whole - lost) // whole, tuple(wanted.field for wanted in in_order))


def _taken_apart(submission: Submission) -> Told:
    suspects = tuple(p for p in submission.people if p.role is PersonRole.SUSPECT)
    children = tuple(p for p in submission.people if p.role is PersonRole.VICTIM)
    groups = (
        *(person.identifiers for person in suspects),
        *(incident.identifiers for incident in submission.incidents),
        *(file.identifiers for file in submission.files),
    )
    addresses = tuple(given for group in groups for given in group if given.kind == "ip")
    return Told(submission, suspects, children, addresses)

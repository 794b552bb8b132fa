"""What a report tells, laid out to be read: texts with marks, incidents, people, files."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.evidence.models import Exhibit
from havre.identifiers.reads import IN_CLEAR
from havre.intake.public.rules.languages import language_of
from havre.intake.rules.submission import (
    FileFacts,
    Incident,
    Moment,
    Person,
    PersonRole,
    Place,
    PlaceRole,
    Submission,
)
from havre.intake.splits.rules import is_later
from havre.referrals.pages.rules.marks import Piece, Span, marked
from havre.referrals.wording import ACCESS, AGE_CLASSES, HAPPENINGS, PLACE_ROLES, ROLES
from havre.triage.rules.words import Reason

# Where these two live is known to the desk by identifiers alone, which are masked.
_HOMES = frozenset({PlaceRole.CHILD, PlaceRole.REPORTER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One thing that was written, exactly as it came, in pieces."""

    field: str
    label: Promise
    number: int
    pieces: tuple[Piece, ...]
    # The code of the language it seems to be in; nothing where that is not clear.
    spoken: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """The facts of one incident that came in fields of their own."""

    number: int
    happening: Promise
    category: str
    platform: str
    is_danger_now: bool
    meeting: str
    moment: str
    places: tuple[tuple[Promise, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One person: names in clear for a suspect only; the others' stand masked below."""

    role: Promise
    names: str
    age: str
    age_class: Promise
    access: Promise
    places: tuple[tuple[Promise, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """A line of facts about a file. Never its name, never its content."""

    is_source: bool
    size: int
    media_type: str
    was_viewed: bool | None
    classification: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Everything a report tells. `anchors` maps a reason to the mark it stands on, if any."""

    texts: tuple[Text, ...]
    incidents: tuple[IncidentRow, ...]
    people: tuple[PersonRow, ...]
    files: tuple[FileRow, ...]
    anchors: dict[Reason, str]


def telling(
    submission: Submission,
    *,
    exhibits: Sequence[Exhibit] = (),
    reasons: Sequence[Reason] = (),
    held: Sequence[tuple[str, int, int]] = (),
) -> Telling:
    """A report laid out. `reasons` are marked in its texts, what is `held` is cut out of them."""
    texts: list[Text] = []
    anchors: dict[Reason, str] = {}
    for field, label, number, said in _texts(submission):
        here = {f"s{n}": r for n, r in enumerate(reasons, start=1) if r.field == field and r.end}
        spans = [Span(start=r.start, end=r.end, anchor=name) for name, r in here.items()]
        spans += [
            Span(start=start, end=end, is_held=True) for where, start, end in held if where == field
        ]
        cut = marked(said, spans)
        anchors |= {here[name]: mark for name, mark in cut.anchors.items()}
        spoken = language_of(said)
        texts.append(
            Text(field=field, label=label, number=number, pieces=cut.pieces, spoken=spoken)
        )
    return Telling(
        texts=tuple(texts),
        incidents=tuple(
            _incident(number, incident)
            for number, incident in enumerate(submission.incidents, start=1)
        ),
        people=tuple(_person(person) for person in submission.people),
        files=tuple(_files(submission.files, exhibits)),
        anchors=anchors,
    )


def texts_of(submission: Submission) -> dict[str, str]:
    """Everything that was written freely in a report, by field."""
    return {field: said for field, _label, _number, said in _texts(submission)}


def _texts(submission: Submission) -> Iterator[tuple[str, Promise, int, str]]:
    """Field, label, number and text of everything that holds one."""
    return (text for text in _every_text(submission) if text[-1])


def _every_text(submission: Submission) -> Iterator[tuple[str, Promise, int, str]]:
    for n, incident in enumerate(submission.incidents):
        field, meeting = f"incidents.{n}", incident.meeting_planned or Moment()
        yield f"{field}.narrative", _("What happened"), n + 1, incident.narrative
        yield f"{field}.escalation", _("Why it is urgent"), n + 1, incident.escalation
        yield f"{field}.meeting_planned.said", _("Meeting, as said"), n + 1, meeting.said
    for n, person in enumerate(submission.people):
        yield f"people.{n}.notes", _("About a person"), n + 1, person.notes
        for m, threat in enumerate(person.threats):
            yield f"people.{n}.threats.{m}", _("Threat"), n + 1, threat
    for n, file in enumerate(submission.files):
        yield f"files.{n}.notes", _("About a file"), n + 1, file.notes
    for n, (key, said) in enumerate(submission.extra):
        label = _("Told later") if is_later(key) else _("Also said")
        yield f"extra.{n}.1", label, n + 1, said


def _incident(number: int, incident: Incident) -> IncidentRow:
    return IncidentRow(
        number=number,
        happening=HAPPENINGS[incident.happening],
        category=incident.category,
        platform=incident.platform,
        is_danger_now=incident.danger_now,
        meeting=_moment(incident.meeting_planned),
        moment=_moment(incident.moment),
        places=tuple(_places(incident.places)),
    )


def _person(person: Person) -> PersonRow:
    is_clear = person.role in IN_CLEAR
    places = () if person.role is PersonRole.REPORTER else person.places
    return PersonRow(
        role=ROLES[person.role],
        names=", ".join(person.names) if is_clear else "",
        age="" if person.age is None else str(person.age),
        age_class=AGE_CLASSES[person.age_class],
        access=ACCESS[person.access],
        places=tuple(_places(places)),
    )


def _places(places: Iterable[Place]) -> Iterator[tuple[Promise, str]]:
    for place in places:
        parts = [place.city, place.region, place.country if place.country != "CA" else ""]
        if place.role not in _HOMES:
            parts = [place.address, *parts]
        said = ", ".join(part for part in parts if part)
        if said:
            yield PLACE_ROLES[place.role], said


def _moment(moment: Moment | None) -> str:
    """A time as evidence: as it was said, and beside it the moment in UTC."""
    if moment is None:
        return ""
    read = (moment.at or "").replace("T", " ").replace("+00:00", "Z").replace("Z", " UTC")
    return ", ".join(part for part in (moment.said, read) if part)


def _files(facts: Sequence[FileFacts], exhibits: Sequence[Exhibit]) -> Iterator[FileRow]:
    told = {file.exhibit: file for file in facts if file.exhibit}
    stored = {str(exhibit.pk) for exhibit in exhibits}
    for place, exhibit in enumerate(exhibits):
        file = told.get(str(exhibit.pk), FileFacts())
        yield _file(file, size=exhibit.size, sha256=exhibit.sha256, is_source=place == 0)
    for file in facts:
        if file.exhibit not in stored:
            given = {name.lower().replace("-", ""): value for name, value in file.hashes}
            yield _file(file, size=file.size, sha256=given.get("sha256", ""))


def _file(file: FileFacts, *, size: int, sha256: str, is_source: bool = False) -> FileRow:
    return FileRow(
        is_source=is_source,
        size=size,
        media_type=file.media_type,
        was_viewed=file.viewed_by_sender,
        classification=file.classification,
        sha256=sha256,
    )

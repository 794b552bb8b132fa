"""A submission as one kind of recipient may have it: what is withheld is gone, not hidden."""

from collections.abc import Sequence
from dataclasses import replace

from havre.agencies.rules.words import AgencyKind
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import (
    GivenIdentifier,
    Incident,
    Moment,
    Person,
    PersonRole,
    PlaceRole,
    Submission,
)
from havre.intake.splits.rules import is_later
from havre.referrals.rules.sending import Fact, held_from

WITHHELD = "[withheld]"
KINDS = {kind.value: kind for kind in Kind}
# Of these nothing goes along but that there is one.
# Of what came beside the fields, this alone is about the matter and not about who told it.
TOLD_ON = frozenset({"anything_else"})
NAMELESS = frozenset({PersonRole.REPORTER, PersonRole.WITNESS})
Span = tuple[str, int, int]


def redacted(
    submission: Submission, *, recipient: AgencyKind, held: Sequence[Span] = ()
) -> Submission:
    """A submission without the reporter, without third parties, and without what is withheld.

    `held` are stretches of its texts by field, start and end. What came beside the fields of the
    form stays behind, for nobody has read whose it is; all but a last word on the matter, and what
    was told later and put to an incident by a person.
    """
    cut = Cut(held)
    return replace(
        submission,
        extra=tuple(
            (name, cut(f"extra.{n}.1", said) if _is_on_the_matter(name) else "")
            for n, (name, said) in enumerate(submission.extra)
        ),
        people=tuple(
            _person(person, f"people.{n}", recipient, cut)
            for n, person in enumerate(submission.people)
        ),
        files=tuple(
            replace(
                file,
                notes=cut(f"files.{n}.notes", file.notes),
                identifiers=_allowed(file.identifiers, PersonRole.UNKNOWN, recipient),
            )
            for n, file in enumerate(submission.files)
        ),
        incidents=tuple(
            _incident(incident, f"incidents.{n}", recipient, cut)
            for n, incident in enumerate(submission.incidents)
        ),
    )


def _is_on_the_matter(name: str) -> bool:
    return name in TOLD_ON or is_later(name)


class Cut:
    """Cuts what is held out of a text of a field; stretches that touch are one."""

    def __init__(self, held: Sequence[Span]) -> None:
        self.held = sorted(held, key=lambda span: (span[1], span[2]))

    def __call__(self, field: str, text: str) -> str:
        pieces, at = list[str](), 0
        for where, start, end in self.held:
            if where != field or end <= at:
                continue
            if start > at or not pieces:
                pieces += [text[at:start], WITHHELD]
            at = end
        return "".join((*pieces, text[at:]))


def _incident(incident: Incident, path: str, recipient: AgencyKind, cut: Cut) -> Incident:
    return replace(
        incident,
        narrative=cut(f"{path}.narrative", incident.narrative),
        escalation=cut(f"{path}.escalation", incident.escalation),
        identifiers=_allowed(incident.identifiers, PersonRole.UNKNOWN, recipient),
        meeting_planned=_moment(incident.meeting_planned, f"{path}.meeting_planned.said", cut),
        places=tuple(p for p in incident.places if p.role is not PlaceRole.REPORTER),
    )


def _moment(moment: Moment | None, field: str, cut: Cut) -> Moment | None:
    return moment and replace(moment, said=cut(field, moment.said))


def _person(person: Person, path: str, recipient: AgencyKind, cut: Cut) -> Person:
    if person.role in NAMELESS:
        return Person(role=person.role)
    return replace(
        person,
        identifiers=_allowed(person.identifiers, person.role, recipient),
        notes=cut(f"{path}.notes", person.notes),
        threats=tuple(
            cut(f"{path}.threats.{n}", threat) for n, threat in enumerate(person.threats)
        ),
    )


def _allowed(
    identifiers: Sequence[GivenIdentifier], role: PersonRole, recipient: AgencyKind
) -> tuple[GivenIdentifier, ...]:
    return tuple(
        one
        for one in identifiers
        # An unknown kind may be an address: it is judged as one.
        if held_from(
            Fact(kind=KINDS.get(one.kind, Kind.IP), role=role, basis=one.legal_basis),
            recipient=recipient,
        )
        is None
    )

"""Every identifier in a submission: from the fields made for them, and from the texts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from havre.identifiers.devices.rules.addresses import port_in
from havre.identifiers.devices.rules.hashes import EXACT_ALGORITHMS, HASH_LENGTHS
from havre.identifiers.platforms.rules.platforms import platform_id
from havre.identifiers.rules.find import find_in_text
from havre.identifiers.rules.normal import normalise
from havre.identifiers.rules.words import Found, Kind
from havre.intake.rules.submission import (
    GivenIdentifier,
    Incident,
    Person,
    PersonRole,
    Place,
    PlaceRole,
    Submission,
)

KINDS = {kind.value: kind for kind in Kind}
ROLE_OF_PLACE = {
    PlaceRole.CHILD: PersonRole.VICTIM,
    PlaceRole.REPORTER: PersonRole.REPORTER,
    PlaceRole.SUSPECT: PersonRole.SUSPECT,
}
"""A school or a meeting place is nobody's own: its role stays unknown."""
# Where what stands in a translation alone was found; and what one is called beside the fields.
TRANSLATION = "translation"


@lru_cache(maxsize=2)  # three steps of the route ask for the same report in a row
def find_in_submission(submission: Submission) -> tuple[Found, ...]:
    """Every identifier in a submission once per kind, value and role, fields before free text.

    A value whose role is known somewhere is not also listed as unknown, and a bare "@name" not
    beside the same name on a platform: the reporter's own number, said again in the narrative,
    must never look like a stranger's.
    """
    best: dict[tuple[Kind, str, PersonRole], Found] = {}
    for given in (*_in_fields(submission), *_in_texts(submission)):
        key = (given.kind, given.value, given.role)
        earlier = best.get(key)
        if earlier is None:
            best[key] = given
        elif _is_structured(earlier) == _is_structured(given):
            best[key] = max(earlier, given, key=lambda item: item.confidence)
    owned = {(kind, value) for kind, value, role in best if role is not PersonRole.UNKNOWN}
    on_platforms = {
        value.partition(":")[2].lower()
        for kind, value, _ in best
        if kind is Kind.HANDLE and not value.startswith(":")
    }
    return tuple(
        found
        for (kind, value, role), found in best.items()
        if not (role is PersonRole.UNKNOWN and (kind, value) in owned)
        and not (kind is Kind.HANDLE and value[:1] == ":" and value[1:] in on_platforms)
    )


def find_with_translations(
    submission: Submission, translations: Sequence[str]
) -> tuple[Found, ...]:
    """Every identifier in a submission and in what a person translated of it.

    What the words that came tell by themselves is found there; the rest, and whose it is where
    only the translation tells, stands in the field TRANSLATION.
    """
    came = find_in_submission(submission)
    if not translations:
        return came
    first, further = len(submission.extra), ((TRANSLATION, text) for text in translations)
    both = find_in_submission(replace(submission, extra=(*submission.extra, *further)))
    theirs = {f"extra.{first + n}.1" for n in range(len(translations))}
    known = {(one.kind, one.value, one.role): one for one in came}

    def where(one: Found) -> Found:
        if one.field not in theirs:
            return one
        return known.get((one.kind, one.value, one.role)) or replace(one, field=TRANSLATION)

    return tuple(where(one) for one in both)


def find_told_later(
    submission: Submission, known: Sequence[Found], words: Mapping[str, str]
) -> tuple[Found, ...]:
    """What stands in later words alone, each in the field by whose name its word is given.

    `known` is what the submission and its translations tell: nothing of it is found here again, nor
    changed by what the words say of it.
    """
    if not words:
        return ()
    first, names = len(submission.extra), list(words)
    both = find_in_submission(replace(submission, extra=(*submission.extra, *words.items())))
    named = {f"extra.{first + n}.1": name for n, name in enumerate(names)}
    before = {(one.kind, one.value, one.role) for one in known}
    return tuple(
        replace(one, field=named[one.field])
        for one in both
        if one.field in named and (one.kind, one.value, one.role) not in before
    )


def _is_structured(found: Found) -> bool:
    return found.rule.startswith("field.")


def _in_fields(submission: Submission) -> Iterator[Found]:
    for place, person in enumerate(submission.people):
        yield from _of_person(submission, place, person)
    for place, incident in enumerate(submission.incidents):
        yield from _of_incident(place, incident)
    for place, file in enumerate(submission.files):
        path = f"files.{place}"
        for n, (algorithm, value) in enumerate(file.hashes):
            plain = normalise(Kind.FILE_HASH, value)
            named = algorithm.lower().replace("-", "").replace("_", "")
            if plain and named in EXACT_ALGORITHMS and HASH_LENGTHS[len(plain)] == named:
                yield _field(Kind.FILE_HASH, plain, value, f"{path}.hashes.{n}.1", 95)
        for n, identifier in enumerate(file.identifiers):
            yield from _given(identifier, f"{path}.identifiers.{n}", PersonRole.UNKNOWN, "")


def _of_person(submission: Submission, place: int, person: Person) -> Iterator[Found]:
    path = f"people.{place}"
    where = {i.platform for i in submission.incidents if place in i.people and i.platform}
    platform = where.pop() if len(where) == 1 else ""
    for n, identifier in enumerate(person.identifiers):
        yield from _given(identifier, f"{path}.identifiers.{n}", person.role, platform)
    for n, name in enumerate(person.names):
        value = normalise(Kind.NAME, name)
        if value:
            yield replace(_field(Kind.NAME, value, name, f"{path}.names.{n}", 60), role=person.role)
    born = normalise(Kind.BIRTH_DATE, person.date_of_birth) if person.date_of_birth else None
    if born and person.role is PersonRole.SUSPECT:
        field = f"{path}.date_of_birth"
        yield replace(
            _field(Kind.BIRTH_DATE, born, person.date_of_birth, field, 60), role=person.role
        )
    for n, home in enumerate(person.places):
        yield from _postal_code(home, f"{path}.places.{n}", person.role)


def _of_incident(place: int, incident: Incident) -> Iterator[Found]:
    path = f"incidents.{place}"
    for n, identifier in enumerate(incident.identifiers):
        yield from _given(
            identifier, f"{path}.identifiers.{n}", PersonRole.UNKNOWN, incident.platform
        )
    for n, spot in enumerate(incident.places):
        role = ROLE_OF_PLACE.get(spot.role, PersonRole.UNKNOWN)
        yield from _postal_code(spot, f"{path}.places.{n}", role)


def _given(
    identifier: GivenIdentifier, path: str, role: PersonRole, platform: str
) -> Iterator[Found]:
    """One typed identifier; where its kind does not fit the value, what the value itself shows."""
    kind = KINDS.get(identifier.kind)
    on = identifier.platform or (platform if kind in (Kind.HANDLE, Kind.ACCOUNT) else "")
    value = normalise(kind, identifier.value, platform=on) if kind else None
    moment = identifier.at.at if identifier.at else None
    if kind is None or value is None:
        for found in find_in_text(identifier.value, field=path, role=role):
            yield replace(
                found,
                rule=f"field.{found.rule}",
                port=found.port or identifier.port,
                at=found.at or moment,
                legal_basis=identifier.legal_basis,
            )
        return
    owner = value.partition(":")[0] if kind in (Kind.HANDLE, Kind.ACCOUNT) else platform_id(on)
    guessed = bool(on) and not identifier.platform
    yield replace(
        _field(kind, value, identifier.value, path, 95),
        role=role,
        platform=owner,
        port=identifier.port or (port_in(identifier.value) if kind is Kind.IP else None),
        at=moment,
        legal_basis=identifier.legal_basis,
        rule=f"field.{kind}.by-incident" if guessed else f"field.{kind}",
        confidence=100 if identifier.verified else 80 if guessed else 95,
    )


def _postal_code(place: Place, path: str, role: PersonRole) -> Iterator[Found]:
    value = normalise(Kind.POSTAL_CODE, place.postal_code)
    if value:
        field = f"{path}.postal_code"
        yield replace(_field(Kind.POSTAL_CODE, value, place.postal_code, field, 95), role=role)


def _field(kind: Kind, value: str, raw: str, path: str, confidence: int) -> Found:
    return Found(
        kind=kind,
        value=value,
        raw=raw,
        start=0,
        end=len(raw),
        confidence=confidence,
        rule=f"field.{kind}",
        field=path,
    )


def _in_texts(submission: Submission) -> Iterator[Found]:
    for path, text in _texts(submission):
        if text:
            yield from find_in_text(text, field=path)


def _texts(submission: Submission) -> Iterator[tuple[str, str]]:
    for n, incident in enumerate(submission.incidents):
        yield f"incidents.{n}.narrative", incident.narrative
        yield f"incidents.{n}.escalation", incident.escalation
    for n, person in enumerate(submission.people):
        yield f"people.{n}.notes", person.notes
        for m, threat in enumerate(person.threats):
            yield f"people.{n}.threats.{m}", threat
    for n, file in enumerate(submission.files):
        yield f"files.{n}.notes", file.notes
    for n, (_, text) in enumerate(submission.extra):
        yield f"extra.{n}.1", text

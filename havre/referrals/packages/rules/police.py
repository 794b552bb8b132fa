"""The police JSON: every key always there, null when not known, lists never null.

The keys are those that two public readers of such reports ask for; data/police.schema.json is the
published schema.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from havre.intake.rules.submission import (
    FileFacts,
    GivenIdentifier,
    Moment,
    Person,
    PersonRole,
    Place,
    Submission,
)
from havre.intake.splits.rules import is_later

TIME_FORM = "%Y-%m-%dT%H:%M:%SZ"
Json = dict[str, Any]
CAPTURED = {"ip": "IP Address", "url": "URL"}
# What the wire has keys for and Havre does not ask, or withholds.
UNASKED = (
    "preferredName",
    "gender",
    "preferredPronouns",
    "physicalDescription",
    "vehicleDescription",
    "vehicleTagNumber",
    "occupation",
    "languages",
    "races",
    "disabilities",
    "additionalDisabilityInformation",
    "additionalContactInformation",
    "relationshipToReporter",
    "relationshipToChildVictim",
    "accessToFirearms",
    "convictedSexOffender",
    "awareOfReport",
    "gangAffiliation",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a package says beside what was told: numbers, moments, who reported as a company."""

    referral: str
    report: str
    received_at: datetime
    sent_at: datetime
    agency: str
    provider: str = ""
    # What the desk takes the incident to be; "" where it said nothing.
    classified_as: str = ""


def police_report(submission: Submission, about: About) -> Json:
    """A redacted submission in the form that police systems read."""
    incidents = submission.incidents
    first = incidents[0]
    found = [one for incident in incidents for one in incident.identifiers]
    as_reported = first.category or str(first.happening)
    both = [f"as reported: {as_reported}"] if about.classified_as else []
    told = [text for one in incidents for text in (one.narrative, one.escalation) if text]
    told += [said for name, said in submission.extra if is_later(name) and said]
    return {
        "reportId": about.report,
        "dateReceived": about.received_at.astimezone(UTC).strftime(TIME_FORM),
        "reportedInformation": {
            "reportingEsp": {
                "espName": about.provider or None,
                "firstName": None,
                "lastName": None,
            },
            "incidentSummary": {
                "incidentType": about.classified_as or as_reported,
                "incidentDateTime": time_of(first.moment),
                "incidentDateTimeDescription": _said(first.moment),
            },
            "incidentDetails": _details(found),
            "reportedPeople": {"reportedPersons": _people(submission, reported=True)},
            "intendedRecipients": {"intendedRecipients": _people(submission, reported=False)},
            "uploadedFiles": {"uploadedFiles": [_file(file) for file in submission.files]},
            "additionalInformations": _values(
                [*told, *both, *_bases(found), *(_line(one) for one in found if one.kind == "ip")]
            ),
        },
    }


def _details(found: Sequence[GivenIdentifier]) -> Json:
    """Where it happened: the pages and the e-mail addresses that stand with no person."""
    return {
        "webpageIncident": [
            {
                "sourceInformation": {"sourceCaptures": [_capture(one)]},
                "additionalInformations": _values(_bases([one])),
            }
            for one in found
            if one.kind == "url"
        ],
        "emailIncident": [
            {"contents": _values([one.value])} for one in found if one.kind == "email"
        ],
    }


def time_of(moment: Moment | None) -> str | None:
    """A moment in the exact form of the wire, or None where it is not known as one."""
    if moment is None or not moment.at:
        return None
    try:
        read = datetime.fromisoformat(moment.at)
    except ValueError:
        return None
    read = read if read.tzinfo else read.replace(tzinfo=UTC)
    return read.astimezone(UTC).strftime(TIME_FORM)


def _said(moment: Moment | None) -> str | None:
    return (moment.said or None) if moment else None


def _values(texts: Iterable[str]) -> list[Json]:
    return [{"value": text} for text in texts]


def _bases(identifiers: Iterable[GivenIdentifier]) -> list[str]:
    """Under what authority each address was given."""
    return [
        f"legal basis of {one.value}: {one.legal_basis}"
        for one in identifiers
        if one.kind in CAPTURED
    ]


def _line(one: GivenIdentifier) -> str:
    capture = _capture(one)
    known = (one.kind, one.value, capture["port"], capture["dateTime"], capture["eventName"])
    return " ".join(str(part) for part in known if part is not None)


def _capture(one: GivenIdentifier) -> Json:
    return {
        "captureType": CAPTURED[one.kind],
        "value": one.value,
        "dateTime": time_of(one.at),
        "eventName": one.event or None,
        "port": one.port,
    }


def _people(submission: Submission, *, reported: bool) -> list[Json]:
    """Those reported, with those whose part is not known; or the children."""
    roles = {PersonRole.SUSPECT, PersonRole.UNKNOWN} if reported else {PersonRole.VICTIM}
    return [_person(person) for person in submission.people if person.role in roles]


def _person(person: Person) -> Json:
    of_kind = {
        kind: [one for one in person.identifiers if one.kind == kind]
        for kind in ("account", "email", "handle", "ip", "phone")
    }
    names = person.names[0].split() if person.names else []
    return {
        **dict.fromkeys(UNASKED),
        "firstName": names[0] if names else None,
        "middleName": " ".join(names[1:-1]) or None,
        "lastName": names[-1] if len(names) > 1 else None,
        "dateOfBirth": person.date_of_birth or None,
        "approximateAge": person.age,
        "espService": next((one.platform for one in person.identifiers if one.platform), None),
        "espUserId": _first(of_kind["account"]),
        "ipAddress": _first(of_kind["ip"]),
        "screenName": {"value": _first(of_kind["handle"])},
        "emails": {"emails": _verified(of_kind["email"])},
        "phones": {"phones": _verified(of_kind["phone"])},
        "addresses": {"addresses": [_address(place) for place in person.places]},
        "accessToChildVictim": None,
        "accessToChildren": str(person.access),
        "sourceInformation": {
            "sourceCaptures": [_capture(one) for one in person.identifiers if one.kind in CAPTURED]
        },
        "additionalInformations": _values(
            [
                f"role: {person.role}",
                *person.names[1:],
                *_rest(person.identifiers),
                *_bases(person.identifiers),
                *person.threats,
                *([person.notes] if person.notes else []),
            ]
        ),
    }


def _rest(identifiers: Sequence[GivenIdentifier]) -> list[str]:
    """What the wire has one place for and there are more of, or no place at all."""
    placed = {"email", "ip", "phone", "url"}
    seen: set[str] = set()
    lines = []
    for one in identifiers:
        has_place = one.kind in placed or (one.kind in {"account", "handle"} - seen)
        seen.add(one.kind)
        if not has_place:
            lines.append(f"{one.kind}: {one.value}")
    return lines


def _first(identifiers: Sequence[GivenIdentifier]) -> str | None:
    return identifiers[0].value if identifiers else None


def _verified(identifiers: Sequence[GivenIdentifier]) -> list[Json]:
    return [{"value": one.value, "verified": one.verified} for one in identifiers]


def _address(place: Place) -> Json:
    return {
        "street1": place.address or None,
        "street2": None,
        "city": place.city or None,
        "state": place.region or None,
        "postalCode": place.postal_code or None,
        "country": place.country or None,
    }


def _file(file: FileFacts) -> Json:
    given = {name.lower().replace("-", ""): value for name, value in file.hashes}
    captured = [one for one in file.identifiers if one.kind in CAPTURED]
    return {
        # A file's name may tell who took it; its number is enough to ask for it.
        "filename": None,
        "originalFilename": None,
        "submittalId": file.exhibit or None,
        "verificationHash": given.get("md5"),
        "viewedByEsp": file.viewed_by_sender,
        "industryClassification": file.classification or None,
        "ncmecTags": {"groups": [{"tags": _values(file.annotations)}]},
        "espMetadata": {
            "metadatas": [{"name": name, "value": value} for name, value in file.hashes]
        },
        "sourceInformation": {"sourceCaptures": [_capture(one) for one in captured]},
        "additionalInformations": _values(
            [*_bases(captured), *([file.notes] if file.notes else [])]
        ),
    }

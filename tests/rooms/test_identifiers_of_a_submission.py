import pytest

from havre.identifiers.people.rules.names import names_that_may_stand
from havre.identifiers.rules.normal import normalise
from havre.identifiers.rules.submissions import find_in_submission
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import (
    Channel,
    FileFacts,
    GivenIdentifier,
    Incident,
    LegalBasis,
    Moment,
    Person,
    PersonRole,
    Place,
    PlaceRole,
    Submission,
)


def submission(narrative="", *, people=(), files=(), extra=(), **incident):
    named = tuple(range(len(people)))
    told = Incident(narrative=narrative, people=named, **incident)
    return Submission(
        channel=Channel.PUBLIC_FORM,
        language="en",
        incidents=(told,),
        people=tuple(people),
        files=tuple(files),
        extra=extra,
    )


def person(role, *identifiers, **more):
    return Person(role=role, identifiers=tuple(identifiers), **more)


def facts(found):
    return {(item.kind, item.value, item.role) for item in found}


def test_a_persons_identifier_carries_that_persons_role_and_place_in_the_tree():
    given = GivenIdentifier(
        kind="phone",
        value="(204) 555-0142",
        legal_basis=LegalBasis.ORDER,
        at=Moment(at="2026-01-02T03:04:05Z"),
    )
    (found,) = find_in_submission(submission(people=[person(PersonRole.SUSPECT, given)]))
    assert (found.kind, found.value, found.role) == (
        Kind.PHONE,
        "+12045550142",
        PersonRole.SUSPECT,
    )
    assert (found.field, found.start, found.end) == ("people.0.identifiers.0", 0, 14)
    assert (found.at, found.legal_basis) == ("2026-01-02T03:04:05Z", LegalBasis.ORDER)


def test_a_field_wins_over_the_same_value_in_the_text():
    given = GivenIdentifier(kind="email", value="Heron@Example.com")
    whole = submission(
        "He wrote from heron@example.com", people=[person(PersonRole.SUSPECT, given)]
    )
    (found,) = find_in_submission(whole)
    assert found.raw == "Heron@Example.com"
    assert found.rule == "field.email"


def test_a_reporters_own_number_in_the_narrative_never_looks_like_a_strangers():
    given = GivenIdentifier(kind="phone", value="204-555-0142")
    whole = submission(
        "Ring 204-555-0142. The boat was at 204-555-0177.",
        people=[person(PersonRole.REPORTER, given)],
    )
    assert facts(find_in_submission(whole)) == {
        (Kind.PHONE, "+12045550142", PersonRole.REPORTER),
        (Kind.PHONE, "+12045550177", PersonRole.UNKNOWN),
    }


def test_a_value_that_two_people_claim_stands_under_both_roles():
    given = GivenIdentifier(kind="email", value="heron@example.com")
    whole = submission(
        people=[person(PersonRole.VICTIM, given), person(PersonRole.SUSPECT, given)],
    )
    assert {found.role for found in find_in_submission(whole)} == {
        PersonRole.VICTIM,
        PersonRole.SUSPECT,
    }


def test_a_name_without_platform_is_read_on_the_incidents_own_with_less_confidence():
    given = GivenIdentifier(kind="handle", value="@Dock_Master")
    whole = submission(
        "He is @dock_master there.",
        people=[person(PersonRole.SUSPECT, given)],
        platform="Example Chat",
    )
    (found,) = find_in_submission(whole)
    assert (found.value, found.platform) == ("example-chat:dock_master", "example-chat")
    assert found.rule == "field.handle.by-incident"
    named = GivenIdentifier(kind="handle", value="@Dock_Master", platform="Kik")
    (sure,) = find_in_submission(submission(people=[person(PersonRole.SUSPECT, named)]))
    assert sure.value == "kik:dock_master"
    assert sure.confidence > found.confidence


def test_a_value_in_the_wrong_field_is_still_found():
    given = GivenIdentifier(kind="phone", value="he only gave heron@example.com", port=99)
    other = GivenIdentifier(kind="something-new", value="192.0.2.7:51234")
    found = find_in_submission(submission(people=[person(PersonRole.SUSPECT, given, other)]))
    assert {(item.kind, item.value, item.port) for item in found} == {
        (Kind.EMAIL, "heron@example.com", 99),
        (Kind.IP, "192.0.2.7", 51234),
    }
    assert {item.role for item in found} == {PersonRole.SUSPECT}


def test_names_places_and_files_are_read_too():
    exact = ("SHA-256", "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")
    similar = ("pdq", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    ip = GivenIdentifier(kind="ip", value="192.0.2.7:443")
    room = GivenIdentifier(kind="account", value="42", platform="Roblox", verified=True)
    whole = submission(
        people=[person(PersonRole.SUSPECT, names=("Jean Côté",))],
        files=[FileFacts(hashes=(exact, similar), identifiers=(ip,), notes="see example.com/x")],
        identifiers=(room,),
        places=(
            Place(role=PlaceRole.CHILD, postal_code="r3c 4t3"),
            Place(role=PlaceRole.SCHOOL, postal_code="H2X 1Y4"),
            Place(postal_code="90210", country="US"),
        ),
    )
    found = find_in_submission(whole)
    assert facts(found) == {
        (Kind.NAME, "jean cote", PersonRole.SUSPECT),
        (Kind.ACCOUNT, "roblox:42", PersonRole.UNKNOWN),
        (Kind.FILE_HASH, exact[1].lower(), PersonRole.UNKNOWN),
        (Kind.IP, "192.0.2.7", PersonRole.UNKNOWN),
        (Kind.POSTAL_CODE, "R3C4T3", PersonRole.VICTIM),
        (Kind.POSTAL_CODE, "H2X1Y4", PersonRole.UNKNOWN),
        (Kind.URL, "example.com/x", PersonRole.UNKNOWN),
    }
    assert {item.confidence for item in found if item.kind is Kind.ACCOUNT} == {100}
    assert {item.port for item in found if item.kind is Kind.IP} == {443}


def test_every_text_of_a_submission_is_read():
    whole = submission(
        "one@example.com",
        escalation="two@example.com",
        people=[person(PersonRole.SUSPECT, notes="three@example.com", threats=("4@example.com",))],
        files=[FileFacts(notes="five@example.com")],
        extra=(("anything-else", "six@example.com"),),
    )
    assert {item.field for item in find_in_submission(whole)} == {
        "incidents.0.narrative",
        "incidents.0.escalation",
        "people.0.notes",
        "people.0.threats.0",
        "files.0.notes",
        "extra.0.1",
    }


def test_a_submission_without_identifiers_gives_none():
    assert find_in_submission(submission("He asked me to meet on Saturday.")) == ()


def test_of_the_same_value_twice_the_surer_is_kept_and_a_bare_name_gives_way():
    whole = submission(
        "The link example.org and https://example.org. He is @dock_master to me.",
        people=[
            person(PersonRole.UNKNOWN, GivenIdentifier(kind="handle", value="Kik:Dock_Master")),
            person(PersonRole.UNKNOWN, names=("-",), places=(Place(city="Port"), Place())),
        ],
        files=[FileFacts(hashes=(("md5", "not one"), ("sha1", "0" * 32)))],
    )
    address, name = sorted(find_in_submission(whole), key=lambda item: item.kind, reverse=True)
    assert (address.rule, address.confidence) == ("url.scheme", 95)
    assert (name.kind, name.value) == (Kind.HANDLE, "kik:dock_master")


@pytest.mark.parametrize(
    ("kind", "platform", "written", "value"),
    [
        ("handle", "snapchat", "\u0440\u0430\u0443\u043e.hunter99", "snapchat:payo.hunter99"),
        ("handle", "\u017fnapchat", "\U0001d42b\U0001d422ver_9", "snapchat:river_9"),
        ("handle", "kik", "river\u200b_9", "kik:river_9"),
        ("email", "", "r\u0456ver@example.com", "river@example.com"),
        (
            "email",
            "",
            "\u0432\u0435\u0440\u0430@example.com",
            "\u0432\u0435\u0440\u0430@example.com",
        ),
        ("phone", "", "\uff15\uff11\uff14 555 0168", "+15145550168"),
    ],
)
def test_a_disguised_name_has_one_form_typed_and_told(kind, platform, written, value):
    given = GivenIdentifier(kind=kind, value=written, platform=platform)
    said = f"his {platform or kind} is {written} today"

    typed = find_in_submission(submission(identifiers=(given,)))
    told = find_in_submission(submission(said))
    assert {one.value for one in typed} == {one.value for one in told} == {value}
    assert len(find_in_submission(submission(said, identifiers=(given,)))) == 1


@pytest.mark.parametrize("name", ["\u0412\u0435\u0440\u0430", "R\u0456ver Fox", "Zoe\u0301 Heron"])
@pytest.mark.parametrize("text", ["I am {}.", "it was {}-Fox who wrote", "{}_9 is me"])
def test_a_name_typed_is_found_again_in_a_text_however_it_is_written(name, text):
    typed = normalise(Kind.NAME, name)
    assert typed in {form for _, _, form in names_that_may_stand(text.format(name))}

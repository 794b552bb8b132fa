"""What an agency takes away: the members of a package, and that one flipped byte is named."""

import csv
import io
import json
import re
import zipfile
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from random import Random

import pytest

from havre.agencies.rules.words import AgencyKind
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
from havre.referrals.models import Referral
from havre.referrals.packages.actions import fetch_package
from havre.referrals.packages.rules.archive import MANIFEST, SUMS, checked, manifest_of, packed
from havre.referrals.packages.rules.case import case_graph
from havre.referrals.packages.rules.identifiers import identifier_list
from havre.referrals.packages.rules.police import About, police_report
from havre.referrals.rules.redact import WITHHELD, redacted
from havre.wiring.cli import main
from tests import make

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ABOUT = About(
    referral="R-AAAA-AAAA",
    report="R-BBBB-BBBB",
    received_at=NOON,
    sent_at=NOON,
    agency="Harbor Police",
    provider="Example Chat",
)
SCHEMA = json.loads((files("havre.referrals.packages") / "data/police.schema.json").read_text())
SNAPSHOT = Path(__file__).with_name("police.json")
CASES = 5_000
TYPES = {
    "array": list,
    "boolean": bool,
    "integer": int,
    "null": type(None),
    "object": dict,
    "string": str,
}
# What only the reporter or a witness gave of themselves: it may stand nowhere in a package.
SECRET = "lamplighter"
TEXTS = ("", "He asked me to meet.", "\x00é\u2028]]>", '=HYPERLINK("x")', "Zoë 🙂", "a" * 300)
TIMES = (None, "2026-11-20T14:31:00Z", "2026-11-20T14:31:00.123456+02:00", "soon", "2026-11-20")
KINDS = ("account", "device", "email", "handle", "ip", "name", "phone", "url", "strange", "")
VALUES = ("192.0.2.7", "2001:db8::7", "dock.master@example.com", "+12045550142", "x y")


def faults(value: object, schema: dict, path: str = "") -> list[str]:
    """Where a value breaks its schema: the few words that the published one is written in."""
    if "enum" in schema:
        return [] if value in schema["enum"] else [path]
    allowed = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(type(value) is TYPES[name] for name in allowed):
        return [f"{path} is {type(value).__name__}"]
    inside: list[tuple[str, object, dict]] = []
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        return [f"{path}: {value}"]
    if isinstance(value, list):
        inside = [(str(n), one, schema["items"]) for n, one in enumerate(value)]
    if isinstance(value, dict):
        keys = schema["properties"]
        if set(value) != set(keys) or set(schema["required"]) != set(value):
            return [f"{path}: {set(value) ^ set(keys)}"]
        inside = [(key, one, keys[key]) for key, one in value.items()]
    return [fault for key, one, its in inside for fault in faults(one, its, f"{path}/{key}")]


def moment(dice: Random) -> Moment | None:
    return dice.choice([None, Moment(at=dice.choice(TIMES), said=dice.choice(TEXTS))])


def identifiers(dice: Random, role: PersonRole | None = None) -> tuple[GivenIdentifier, ...]:
    own = role in {PersonRole.REPORTER, PersonRole.WITNESS}
    return tuple(
        GivenIdentifier(
            kind=dice.choice(KINDS),
            value=f"{SECRET}@example.com" if own else dice.choice(VALUES),
            platform=dice.choice(["", "snapchat"]),
            event=dice.choice(["", "Login"]),
            at=moment(dice),
            port=dice.choice([None, 0, 443]),
            verified=dice.choice([None, True, False]),
            legal_basis=dice.choice(list(LegalBasis)),
        )
        for _ in range(dice.randrange(3))
    )


def person(dice: Random) -> Person:
    role = dice.choice(list(PersonRole))
    own = role in {PersonRole.REPORTER, PersonRole.WITNESS}
    name = SECRET if own else dice.choice(["", "A", "A B", "A B C D"])
    home = Place(role=PlaceRole.UNKNOWN, city=SECRET if own else "Winnipeg", region="MB")
    return Person(
        role=role,
        names=(name,) * dice.randrange(3),
        age=dice.choice([None, 0, 15]),
        identifiers=identifiers(dice, role),
        threats=(SECRET if own else dice.choice(TEXTS),),
        places=(home,) * dice.randrange(2),
        notes=SECRET if own else dice.choice(TEXTS),
    )


def submission(dice: Random) -> Submission:
    return Submission(
        channel=dice.choice(list(Channel)),
        language="en",
        incidents=tuple(
            Incident(
                category=dice.choice(TEXTS),
                narrative=dice.choice(TEXTS),
                moment=moment(dice),
                identifiers=identifiers(dice),
                places=(Place(role=PlaceRole.REPORTER, address=SECRET),),
            )
            for _ in range(dice.randrange(1, 3))
        ),
        people=tuple(person(dice) for _ in range(dice.randrange(4))),
        files=tuple(
            FileFacts(
                viewed_by_sender=dice.choice([None, True, False]),
                annotations=("x",) * dice.randrange(2),
                hashes=dice.choice([(), (("MD5", "0" * 32), ("odd", "no"))]),
                identifiers=identifiers(dice),
                notes=dice.choice(TEXTS),
            )
            for _ in range(dice.randrange(3))
        ),
        extra=(("contact", SECRET),),
    )


def test_the_police_json_has_every_key_for_any_report_and_never_who_reported():
    dice = Random(20261122)
    for number in range(CASES):
        told = redacted(submission(dice), recipient=dice.choice(list(AgencyKind)))
        tree = police_report(told, ABOUT)
        assert faults(tree, SCHEMA) == [], number
        assert SECRET not in repr(tree)
        if number % 50 == 0:
            assert SECRET not in repr(case_graph(told, ABOUT))
            assert SECRET.encode() not in identifier_list(told)


def test_the_check_of_the_schema_sees_a_fault():
    tree = police_report(redacted(submission(Random(1)), recipient=AgencyKind.POLICE), ABOUT)
    for path, wrong in (("dateReceived", "2026-11-22 12:00"), ("reportId", None)):
        assert faults({**tree, path: wrong}, SCHEMA)
    assert faults({key: tree[key] for key in ("reportId", "dateReceived")}, SCHEMA)


def test_an_address_carries_its_legal_basis_and_goes_only_on_one_that_is_met():
    suspect = Person(
        role=PersonRole.SUSPECT,
        identifiers=(
            GivenIdentifier(kind="ip", value="192.0.2.7"),
            GivenIdentifier(kind="ip", value="192.0.2.8", legal_basis=LegalBasis.ORDER),
        ),
    )
    told = Submission(
        channel=Channel.ISPWS,
        language="en",
        people=(suspect,),
        incidents=(Incident(narrative="From 192.0.2.7.", people=(0,)),),
    )

    cut = redacted(told, recipient=AgencyKind.POLICE, held=[("incidents.0.narrative", 5, 14)])
    tree = police_report(cut, ABOUT)
    rows = list(csv.DictReader(io.StringIO(identifier_list(cut).decode())))
    graph = json.dumps(case_graph(cut, ABOUT))

    (reported,) = tree["reportedInformation"]["reportedPeople"]["reportedPersons"]
    assert reported["ipAddress"] == "192.0.2.8"
    assert {"value": "legal basis of 192.0.2.8: order"} in reported["additionalInformations"]
    assert [(row["value"], row["legal_basis"]) for row in rows] == [("192.0.2.8", "order")]
    assert "legal basis: order" in graph
    for made in (json.dumps(tree), graph):
        assert "192.0.2.7" not in made
    assert cut.incidents[0].narrative == f"From {WITHHELD}."


def test_the_police_json_of_one_report_is_what_it_was():
    """Others read it by its keys: a change here is a change of the wire, and meant."""
    suspect = Person(
        role=PersonRole.SUSPECT,
        names=("Dock Master",),
        age=41,
        identifiers=(
            GivenIdentifier(kind="email", value="dock.master@example.com", verified=True),
            GivenIdentifier(kind="phone", value="+12045550142"),
            GivenIdentifier(
                kind="ip",
                value="192.0.2.8",
                event="Login",
                port=443,
                at=Moment(at="2026-11-20T14:31:00.5+02:00"),
                legal_basis=LegalBasis.ORDER,
            ),
        ),
        places=(Place(role=PlaceRole.SUSPECT, city="Winnipeg", region="MB", country="CA"),),
    )
    told = Submission(
        channel=Channel.ISPWS,
        language="en",
        incidents=(
            Incident(
                category="Online Enticement",
                narrative="He asked me to meet on Saturday.",
                moment=Moment(at="2026-11-20T14:31:00Z", said="Friday at noon"),
                identifiers=(GivenIdentifier(kind="url", value="https://example.com/pier"),),
            ),
        ),
        people=(suspect, Person(role=PersonRole.REPORTER, names=("Robin",))),
        files=(FileFacts(viewed_by_sender=True, hashes=(("MD5", "0" * 32),), notes="A pier."),),
    )

    made = police_report(redacted(told, recipient=AgencyKind.POLICE), ABOUT)

    assert made == json.loads(SNAPSHOT.read_text())


def test_a_sheet_runs_nothing_and_a_phone_stays_a_phone():
    told = Submission(
        channel=Channel.ISPWS,
        language="en",
        incidents=(
            Incident(
                identifiers=(
                    GivenIdentifier(kind="handle", value="=1+1"),
                    GivenIdentifier(kind="phone", value="+12045550142"),
                )
            ),
        ),
    )

    rows = list(csv.DictReader(io.StringIO(identifier_list(told).decode())))

    assert [row["value"] for row in rows] == ["'=1+1", "+12045550142"]


MEMBERS = {"police.json": b'{"reportId": "R-BBBB-BBBB"}', "identifiers.csv": b"kind,value\r\n"}


def packed_alone(members: dict[str, bytes], about: str = "R") -> bytes:
    manifest = manifest_of(members, about=about, made_at=NOON)
    return packed(members, manifest=manifest, proofs={})


def test_the_same_members_make_the_same_bytes():
    backwards = dict(reversed(MEMBERS.items()))

    assert packed_alone(MEMBERS) == packed_alone(backwards)
    assert checked(packed_alone(MEMBERS)).is_whole


def test_one_flipped_byte_anywhere_is_caught_and_named():
    whole = packed_alone(MEMBERS)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        inside = {
            place: info.filename
            for info in archive.infolist()
            for start in [info.header_offset + 30 + len(info.filename)]
            for place in range(start, start + info.file_size)
        }
    assert set(inside.values()) == {*MEMBERS, MANIFEST, SUMS, "verify.txt"}

    for place in range(len(whole)):
        flipped = bytearray(whole)
        flipped[place] ^= 0x01
        verdict = checked(bytes(flipped))
        assert not verdict.is_whole, place
        if place in inside:
            assert inside[place] in verdict.faults, place


def test_what_is_added_taken_away_or_cut_short_is_caught():
    whole = packed_alone(MEMBERS)

    assert not checked(whole + b"x").is_whole
    assert not checked(whole[:-1]).is_whole
    assert checked(b"no archive").faults == ("container",)


def test_a_package_is_verified_without_a_server(tmp_path, capsys):
    file = tmp_path / "R-AAAA-AAAA.zip"
    whole = packed_alone(MEMBERS, "R-AAAA-AAAA")
    file.write_bytes(whole)
    assert main(["package", "verify", str(file)]) == 0
    file.write_bytes(whole.replace(b"kind,value", b"kind,valuE"))
    assert main(["package", "verify", str(file)]) == 1
    assert main(["package", "verify", str(tmp_path / "none.zip")]) == 1

    said = capsys.readouterr().out
    assert "every byte as it was packed" in said
    assert "CHANGED: identifiers.csv" in said


def test_a_package_is_made_once_and_served_byte_for_byte(db):
    harbor = make.directory()
    analyst, detective = make.analyst(), make.officer(harbor)
    report = make.report("Mom answers at 204-555-0142. He asked me to meet in Winnipeg.")
    sent = make.referral(report, to=harbor, by=analyst)

    first = fetch_package(sent.reference, by=detective)
    again = make.browser(detective).post(f"/en/referrals/{sent.reference}/package")

    assert again.content == first
    assert again.headers["Content-Disposition"] == f'attachment; filename="{sent.reference}.zip"'
    assert checked(first).about == sent.reference
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
        tree = json.loads(archive.read("police.json"))
    assert faults(tree, SCHEMA) == []
    assert tree["reportId"] == report.reference
    for secret in (b"Robin", b"5550142", b"555-0142"):
        assert secret not in everything
    assert b"dock.master@example.com" in everything
    with pytest.raises(Referral.DoesNotExist):
        fetch_package(sent.reference, by=analyst)

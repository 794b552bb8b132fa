"""XARF v4 by program and by e-mail: filed like any report, once, and no letter is ever lost."""

import base64
import hashlib
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace

import pytest

from havre.audit.rules import Station
from havre.evidence.custody import key_of
from havre.evidence.vault import opened_exhibit
from havre.identifiers.rules.submissions import find_in_submission
from havre.intake.jsondoor.wires.tree import InvalidDocument
from havre.intake.models import Attachment, Filing, FilingFile, Report
from havre.intake.rules.submission import AgeClass, Happening, PersonRole, Submission, from_tree
from havre.intake.xarf.actions import add_sender, remove_sender
from havre.intake.xarf.post import take_letter
from havre.intake.xarf.rules import address_of
from havre.intake.xarf.wires.documents import XarfReport, read_xarf
from havre.intake.xarf.wires.letters import NoLetterError, is_vouched_for, read_letter
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.scopes import Context, Scope
from havre.plumbing.sealing import open_json, place
from havre.triage.rules.signs import find_signs
from havre.wiring.commands import mailroom
from tests import make
from tests.house.callers import undone
from tests.triage_reports import POLICY
from tests.wires.json_door import JsonWire
from tests.wires.wire import a_provider
from tests.wires.xarf import CSAM, CSEM, WHO, a_document, a_letter

EVERYTHING = Context(actor="station:test", scope=Scope.WORK)
PIER = b"The pier at noon."


def read(raw: object) -> XarfReport:
    return read_xarf(raw, source=json.dumps(raw).encode(), now=clock.now())


def faults(raw: object) -> dict[str, str]:
    with pytest.raises(InvalidDocument) as caught:
        read(raw)
    return dict(caught.value.faults)


def with_evidence(**changes: object) -> dict:
    one = {"content_type": "image/png", "payload": base64.b64encode(PIER).decode()}
    return a_document(CSAM, evidence=[one | changes])


def test_what_a_document_says_stands_in_the_report_and_nothing_is_dropped():
    said = read(CSEM).document.submission
    (incident,) = said.incidents
    assert (incident.happening, incident.platform) == (Happening.FRIEND, "messaging_app")
    assert "He asked me to meet on Saturday." in incident.narrative
    assert "Writes to new members about boats." in incident.narrative
    (suspect,) = (one for one in said.people if one.role is PersonRole.SUSPECT)
    given = {(one.kind, one.value, one.port) for one in suspect.identifiers}
    assert {("ip", "192.0.2.7", 50123), ("ip", "192.0.2.8", None)} <= given
    assert "dock_master" in {value for _kind, value, _port in given}
    (child,) = (one for one in said.people if one.role is PersonRole.VICTIM)
    assert child.age_class is AgeClass.TWELVE_TO_17
    extra = dict(said.extra)
    assert (extra["xarf/report_id"], extra["xarf/tags[1]"]) == (CSEM["report_id"], "campaign:pier")
    assert extra["xarf/exploitation_type"] == "grooming"


def test_who_reports_or_sends_tells_of_no_matter_and_leaves_no_identifier():
    who = WHO | {"org": f"chat.example.com {'P' * 150}", "domain": "pier.example.com"}
    sender = {"org": "Quay Relay", "contact": "relay@example.com", "domain": "quay.example.com"}
    for sent_by in (who, sender):
        said = read(CSEM | {"reporter": who, "sender": sent_by}).document.submission
        found = find_in_submission(said)
        assert "safety@example.com" in {one.value for one in found}, "the reporter's, as theirs"
        beside = {one.value for one in found if one.field.startswith("extra.")}
        assert beside == {CSEM["report_id"]}, beside
    assert dict(said.extra)["xarf/sender/org"] == "Quay Relay"


@pytest.mark.parametrize(
    ("kind", "happening"),
    [
        ("grooming", Happening.FRIEND),
        ("sextortion", Happening.THREAT),
        ("trafficking", Happening.TRAFFICKING),
        ("distribution", Happening.PICTURES),
    ],
)
def test_each_kind_of_exploitation_is_what_the_desk_calls_it(kind, happening):
    (incident,) = read(a_document(exploitation_type=kind)).document.submission.incidents
    assert incident.happening is happening


def signs_of(report: XarfReport) -> set[str]:
    """What the rules of triage see in a report with its files."""
    files = tuple(one.facts for one in report.evidence)
    whole = replace(report.document.submission, files=files)
    return {sign.factor for sign in find_signs(whole, now=clock.now(), policy=POLICY)}


@pytest.mark.parametrize(
    ("classification", "sign"), [("A1", "file-a1"), ("B2", "file-b2"), ("baseline", "file-a1")]
)
def test_material_that_is_only_described_is_ranked_by_its_class(classification, sign):
    report = read(a_document(CSAM, classification=classification))
    (described,) = report.evidence
    assert dict(described.facts.hashes) == {"md5": "0" * 31 + "a", "sha256": "e3" * 32}
    assert sign in signs_of(report)


def test_evidence_is_taken_unseen_and_its_hash_is_held_against_its_bytes():
    digest = hashlib.sha256(PIER).hexdigest()
    (one,) = read(with_evidence(hash=f"sha256:{digest}", description="A pier.")).evidence
    assert (one.payload, one.facts.media_type, one.facts.notes) == (PIER, "image/png", "A pier.")
    assert faults(with_evidence(hash="sha256:" + "0" * 64)) == {
        "/evidence/0/payload": "does not have the hash that is told of it"
    }
    assert faults(with_evidence(payload="?")) == {"/evidence/0/payload": "must be Base64"}


@pytest.mark.parametrize(
    ("at", "value"),
    [
        ("xarf_version", "3.0.0"),
        ("report_id", "one"),
        ("timestamp", "2026-01-15T14:30:00"),
        ("timestamp", "2199-01-15T14:30:00Z"),
        ("source_identifier", " "),
        ("source_port", 0),
        ("source_port", True),
        ("category", "messaging"),
        ("type", "phishing"),
        ("url", "pier"),
        ("confidence", 2),
        ("tags", ["Pier"]),
        ("tags", ["a:b"] * 21),
        ("tags", "a:b"),
        ("description", "x" * 1001),
        ("exploitation_type", "boats"),
        ("detection_method", "hash_match"),
        ("victim_age_range", "old"),
        ("platform", "pier"),
        ("evidence_type", ["boats"]),
        ("perpetrator_indicators", []),
        ("perpetrator_indicators", {"ip_addresses": ["pier"]}),
        ("reporter", {"org": "Pier"}),
        ("sender", {**CSEM["sender"], "boat": 1}),
        ("evidence", [{}]),
        ("evidence", [{}] * 51),
    ],
)
def test_what_is_wrong_is_named_by_its_place(at, value):
    assert any(place.startswith(f"/{at}") for place in faults(a_document(**{at: value})))


def test_every_fault_is_told_at_once():
    told = faults({"type": "csam", "confidence": "much", "content_removed": "yes"})
    assert {"/xarf_version", "/reporter", "/classification", "/url"} <= set(told)
    assert (told["/confidence"], told["/content_removed"]) == (
        "must be a number from 0 to 1",
        "must be true or false",
    )
    assert faults([]) == {"": "must be an object"}


def test_what_is_for_nobody_else_is_not_read():
    report = read(a_document(_internal={"ticket": "PIER-7"}))
    assert any("_internal" in one for one in report.document.warnings)
    assert "PIER-7" not in repr(report.document.submission)


def test_a_letter_is_taken_apart_and_read_no_further():
    document = json.dumps(CSEM).encode()
    inside = a_letter(("boat.bin", "application/zip", b"PK\x03\x04"))
    source = a_letter(
        ("report.json", "application/json", document), ("inside.eml", "application/zip", inside)
    )
    letter = read_letter(b"From safety Sat Nov 28 10:00:00 2026\n" + source)
    assert (letter.sender, letter.document) == ("safety@example.com", document)
    assert [(one.name, one.content) for one in letter.attached] == [("inside.eml", inside)]
    assert "on Saturday" in letter.text
    assert read_letter(source).token != read_letter(a_letter()).token


@pytest.mark.parametrize(
    ("field", "sender"),
    [
        (b"From: a@example.com\n", "a@example.com"),
        (b"From: A@Example.COM (Pier)\n", "a@example.com"),
        (b"From: a@example.com\nFrom: b@example.com\n", ""),
        (b"From: a@example.com, b@example.com, c@example.com\n", ""),
        (b"From: pier\n", ""),
        (b"Subject: none\n", ""),
    ],
)
def test_a_letter_has_one_sender_or_none(field, sender):
    assert read_letter(field + b"\nBoats.\n").sender == sender


@pytest.mark.parametrize(
    ("field", "is_so"),
    [
        ("mx.example.net; dkim=pass header.d=example.com", True),
        ("mx.example.net; spf=pass; dkim=pass header.i=@example.com", True),
        ("mx.example.net; dkim=pass header.d=example.org", False),
        ("mx.example.net; dkim=fail header.d=example.com", False),
        ("elsewhere.example.org; dkim=pass header.d=example.com", False),
        ("", False),
    ],
)
def test_only_our_own_mail_server_vouches_for_a_sender(field, is_so):
    head = f"Authentication-Results: {field}\n".encode() if field else b""
    forged = b"Authentication-Results: mx.example.net; dkim=pass header.d=example.com\n"
    source = head + (forged if field else b"") + a_letter()
    said = is_vouched_for(source, sender="safety@example.com", by="mx.example.net")
    assert said is is_so


def test_bytes_without_a_head_are_no_letter():
    for source in (b"", b"\n\nBoats."):
        with pytest.raises(NoLetterError):
            read_letter(source)


def test_a_letter_that_nobody_can_take_apart_is_still_one():
    source = b"Content-Type: multipart/mixed; boundary=\xff\nFrom: \x00<<@\n\nOn Saturday.\n"
    assert "On Saturday." in read_letter(source).text


def test_an_address_is_written_in_one_way():
    assert address_of(" Safety@Example.com ") == "safety@example.com"
    with pytest.raises(ValueError, match="looks like"):
        address_of("pier")


@pytest.fixture(scope="module")
def whole(lasting_block) -> JsonWire:
    """Built once, in a transaction that all these tests share and that is rolled back."""
    make.directory()
    wire = JsonWire(a_provider("pier-chat"))
    add_sender(wire.wire.provider, address="Safety@example.com", by=Station.SET_UP)
    return wire


@pytest.fixture
def wire(whole, settings, tmp_path) -> Iterator[JsonWire]:
    settings.VAULT = tmp_path
    with undone():
        yield whole


def told_in(report: Report) -> Submission:
    with acting_as(EVERYTHING):
        key = key_of(report.pk, by=Station.PIPELINE)
        return from_tree(open_json(key, bytes(report.body), at=place("report", "body", report.pk)))


def reports() -> list[Report]:
    with acting_as(EVERYTHING):
        return list(Report.objects.order_by("id"))


def sealed_with(report: Report) -> set[bytes]:
    with acting_as(EVERYTHING):
        key = key_of(report.pk, by=Station.PIPELINE)
        rows = Attachment.objects.filter(report=report, is_source=False)
        return {b"".join(opened_exhibit(row.exhibit, key=key)) for row in rows}


def test_a_program_files_a_document_and_the_same_one_again_is_the_same_report(wire):
    document = with_evidence()
    answer = wire.post("xarf", document)
    number = answer.json()["reportId"]
    assert (answer.status_code, answer.json()["state"]) == (201, "finished")
    again = wire.post("xarf", document, HTTP_IDEMPOTENCY_KEY="x-1")
    assert (again.status_code, again.json()["reportId"]) == (200, number)
    (report,) = reports()
    assert sealed_with(report) == {PIER}
    assert told_in(report).files[0].classification == "A1"
    changed = wire.post("xarf", {**document, "description": "One thing more."})
    assert (changed.status_code, len(reports())) == (201, 2)


def test_a_refusal_names_the_places_in_the_reader_s_language_and_files_nothing(wire):
    answer = wire.post("xarf", {**CSEM, "category": "spam"}, HTTP_ACCEPT_LANGUAGE="fr")
    (fault,) = answer.json()["errors"]
    assert (answer.status_code, fault["pointer"]) == (422, "/category")
    assert fault["detail"].startswith("doit valoir content")
    assert reports() == []


def test_a_letter_of_a_known_sender_is_its_provider_s_report_and_only_once(wire):
    source = a_letter(
        ("report.json", "application/json", json.dumps(CSEM).encode()),
        ("boat.bin", "application/zip", b"PK\x03\x04"),
    )
    first, again = take_letter(source), take_letter(source)
    assert (first.number, again.number) == (first.number, first.number)
    assert (first.is_new, again.is_new) == (True, False)
    (report,) = reports()
    assert (report.provider_id, report.quarantined) == (wire.wire.provider.pk, False)
    assert sealed_with(report) == {b"PK\x03\x04", source}
    # The same document by the other door, too.
    by_api = wire.post("xarf", json.dumps(CSEM).encode())
    assert (by_api.status_code, by_api.json()["reportId"]) == (200, first.number)
    with acting_as(EVERYTHING):
        assert FilingFile.objects.count() == 2
        assert Filing.objects.get().state == "finished"


@pytest.mark.parametrize(
    "source",
    [
        a_letter(
            ("report.json", "application/json", json.dumps(CSEM).encode()), sender="x@example.org"
        ),
        a_letter(("report.json", "application/json", b'{"xarf_version": "4.2.0"}')),
        a_letter(("boat.bin", "application/zip", b"PK\x03\x04")),
        b"Subject: boats\n\nHe asked me to meet on Saturday.\n",
    ],
    ids=["a stranger", "no report", "no document", "a bare letter"],
)
def test_every_other_letter_is_set_aside_whole_and_only_once(wire, source):
    first, again = take_letter(source), take_letter(source)
    assert (first.reference, first.number) == (again.reference, None)
    assert (first.is_new, again.is_new) == (True, False)
    (report,) = reports()
    assert (report.quarantined, report.channel, report.provider_id) == (True, "mail", None)
    (incident,) = told_in(report).incidents
    assert "He asked me to meet on Saturday." in incident.narrative
    letter = read_letter(source)
    kept = {one.content for one in letter.attached} | ({letter.document} - {None})
    assert sealed_with(report) == kept


def test_without_the_mail_server_s_word_or_the_allow_list_a_sender_is_a_stranger(wire):
    source = a_letter(("report.json", "application/json", json.dumps(CSEM).encode()))
    assert take_letter(source, vouched_by="mx.example.net").reference
    vouched = b"Authentication-Results: mx.example.net; dkim=pass header.d=example.com\n" + source
    assert take_letter(vouched, vouched_by="mx.example.net").number
    assert remove_sender(wire.wire.provider, address="safety@example.com", by=Station.SET_UP) == 1
    other = a_letter(("report.json", "application/json", json.dumps(a_document()).encode()))
    assert take_letter(other).reference


def test_an_address_reports_for_one_provider_alone(wire):
    other = a_provider("quay-chat").provider
    with pytest.raises(ValueError, match="reports for pier-chat"):
        add_sender(other, address="safety@example.com", by=Station.SET_UP)
    assert add_sender(wire.wire.provider, address="safety@example.com", by=Station.SET_UP)


def piped(source: bytes, monkeypatch) -> int:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(source)))
    return mailroom.tried(SimpleNamespace(file="-", vouched_by=""))


def test_a_mail_server_is_told_done_not_a_letter_or_come_again(wire, monkeypatch, capsys, tmp_path):
    source = a_letter(("report.json", "application/json", json.dumps(CSEM).encode()))
    assert piped(source, monkeypatch) == mailroom.DONE
    assert "filed: " in capsys.readouterr().out
    assert piped(b"", monkeypatch) == mailroom.NO_LETTER
    file = tmp_path / "letter.eml"
    file.write_bytes(a_letter(sender="x@example.org"))
    assert mailroom.tried(SimpleNamespace(file=str(file), vouched_by="")) == mailroom.DONE
    assert "set aside" in capsys.readouterr().out
    missing = SimpleNamespace(file=str(tmp_path / "none.eml"), vouched_by="")
    assert mailroom.tried(missing) == mailroom.TRY_AGAIN
    said = capsys.readouterr().err
    assert (said.strip(), "Saturday" in said) == ("not kept, try again: FileNotFoundError", False)

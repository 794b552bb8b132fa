"""By whichever door a report came, its copy arrives at the other side whole, or says why not."""

import base64
import json
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.db import connection

from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.evidence.actions import destroy_keys
from havre.intake.bulk.actions import take_upload
from havre.intake.bulk.working import file_some_rows
from havre.intake.mirrors.actions import begin_call, note_answer, send_again, set_mirror, stop_copy
from havre.intake.mirrors.models import Copy
from havre.intake.mirrors.rules import WAITS, CopyState, Told
from havre.intake.xarf.actions import add_sender
from havre.intake.xarf.post import take_letter
from havre.intake.xarf.rules import LETTER
from havre.plumbing import clock
from havre.plumbing.clock import clock_set_to
from havre.plumbing.context import acting_as
from tests import make
from tests.pages import assert_sound
from tests.wires.far_side import (
    NOW,
    WORK,
    FarReport,
    Harbor,
    answers_of,
    built,
    copy_of,
    far,
    file_one,
    harbor,
    mirror,
    service,
    sweep,
    told_in_xml,
)
from tests.wires.json_door import JsonWire, a_report
from tests.wires.specimens import COMPILED, etree
from tests.wires.wire import REPORT, another
from tests.wires.xarf import CSAM, a_document, a_letter

__all__ = ["built", "far", "harbor", "mirror", "service"]  # fixtures

PIER = b"The pier at noon." * 9000


@pytest.fixture
def door(harbor, mirror) -> JsonWire:
    """The JSON door of a provider whose mirror was tried already."""
    return JsonWire(harbor.wire)


def sound(arrived: FarReport) -> etree._Element:
    """The document that arrived, held against our schema with the details of its files."""
    for document in (arrived.document, *arrived.details.values()):
        root = etree.fromstring(document)
        assert COMPILED.validate(root), COMPILED.error_log.last_error
    return etree.fromstring(arrived.document)


def file_json(door: JsonWire, **changes: object) -> int:
    """A report in JSON with one file that is described; finished."""
    with clock_set_to(NOW):
        number = door.open(a_report(**changes))
        path = f"reports/{number}"
        sent = door.post(f"{path}/files?name=pier.txt", PIER, CONTENT_TYPE="text/plain").json()
        told = {"industryClassification": "B2", "fileViewedByEsp": True}
        assert door.post(f"{path}/files/{sent['fileId']}/details", told).status_code == 201
        assert door.post(f"{path}/finish").status_code == 200
    return number


def supplement_to(harbor: Harbor, number: int, report: bytes = REPORT) -> int:
    with clock_set_to(NOW):
        told = f"<supplement><reportId>{number}</reportId>{report.decode().partition('?>')[2]}"
        added = harbor.wire.post("supplement", f"{told}</supplement>".encode()).report
        assert harbor.wire.upload(added, b"What came later.").code == 0
        assert harbor.wire.finish(added).code == 0
    return added


def told_of(door: JsonWire, number: int, language: str = "en") -> dict:
    """What the provider's program is told of the copy, in JSON as in XML."""
    answer = door.get(f"reports/{number}", HTTP_ACCEPT_LANGUAGE=language)
    said = answer.json()["mirror"]
    assert told_in_xml(door.wire, number, language) == said
    return said


def shown(harbor: Harbor, number: int) -> str:
    answer = make.browser(harbor.engineer).get(f"/en/mirror/{copy_of(number).pk}")
    assert answer.status_code == 200
    assert_sound(answer.content)
    return answer.content.decode()


def test_json_arrives_with_its_files_and_their_details(harbor, far, door):
    number = file_json(door)
    assert told_of(door, number)["state"] == "waiting"
    sweep()
    (arrived,) = far.finished()
    root = sound(arrived)
    assert root.findtext("personOrUserReported/screenName") == "dock_master"
    ((file, (name, content)),) = arrived.files.items()
    assert (name, content) == ("pier.txt", PIER)
    details = etree.fromstring(arrived.details[file])
    assert details.findtext("industryClassification") == "B2"
    assert details.findtext("fileId") == file
    assert far.calls == ["submit", "upload", "fileinfo", "finish"]
    there = copy_of(number).far_report
    assert told_of(door, number) == {
        "state": "sent",
        "reportThere": there,
        "remarks": ["It came as JSON. We wrote it as the XML that the other service reads."],
    }
    assert "We wrote it as the XML" in shown(harbor, number)


@pytest.mark.parametrize("written_as", ["csv", "json-lines"])
def test_every_row_of_a_file_arrives(harbor, far, door, written_as):
    rows = [json.dumps(a_report()) for _ in range(2)]
    if written_as == "csv":
        summary = '"Online Enticement of Children for Sexual Acts";2026-11-01T10:00:00Z'
        head = "incidentSummary.incidentType;incidentSummary.incidentDateTime;"
        head += "reporter.reportingPerson.email;personOrUserReported.screenName"
        rows = [head, *(f"{summary};desk@example.com;dock_master_{n}" for n in range(2))]
    with clock_set_to(NOW):
        found, _ = take_upload("\n".join(rows).encode(), by=harbor.wire.provider)
        assert file_some_rows(found.upload.pk) == 2
    sweep()
    for arrived in far.finished():
        name = sound(arrived).findtext("personOrUserReported/screenName")
        assert name.startswith("dock_master")
    assert len(far.finished()) == 2


def test_xarf_arrives_with_what_came_inside_and_neither_its_document_nor_its_letter(
    harbor, far, door
):
    add_sender(harbor.wire.provider, address="safety@example.com", by=Station.SET_UP)
    evidence = {"content_type": "image/png", "payload": base64.b64encode(PIER).decode()}
    secret = {"_internal": {"note": "for us alone"}}
    with clock_set_to(NOW):
        posted = a_document(CSAM, evidence=[evidence], **secret)
        assert door.post("xarf", posted).status_code == 201
        described = a_document(CSAM, **secret)
        number = door.post("xarf", described).json()["reportId"]
        letter = a_letter(
            ("xarf.json", "application/json", json.dumps(a_document(**secret)).encode()),
            ("pier.txt", "text/plain", b"The pier at one."),
        )
        by_mail = take_letter(letter).number
    sweep()
    by_content = {}
    for each in far.finished():  # three copies come in any order
        sound(each)
        files = dict(each.files.values())
        assert b"for us alone" not in b"".join([each.document, *files.values()])
        by_content[tuple(files.values())] = each
    assert set(by_content) == {(PIER,), (), (b"The pier at one.",)}
    (details,) = by_content[PIER,].details.values()
    assert b"<industryClassification>A1<" in details
    assert copy_of(number).remarks == ["from-xarf", "without-document"]
    assert copy_of(by_mail).remarks == ["from-xarf", "without-letter"]
    assert "The letter that it came in is not sent" in shown(harbor, by_mail)


def test_a_letter_that_was_attached_arrives_though_it_is_called_as_the_one_it_came_in(
    harbor, far, door
):
    add_sender(harbor.wire.provider, address="safety@example.com", by=Station.SET_UP)
    secret = a_document(_internal={"note": "for us alone"})
    document = ("xarf.json", "application/json", json.dumps(secret).encode())
    letter = message_from_bytes(a_letter(document), policy=policy.default)
    inner = message_from_bytes(a_letter(("pier.txt", "text/plain", PIER)), policy=policy.default)
    letter.add_attachment(inner, filename=LETTER)
    number = take_letter(letter.as_bytes()).number
    sweep(clock.now())
    (arrived,) = far.finished()
    ((name, content),) = arrived.files.values()
    assert name == LETTER
    assert b"pier.txt" in content
    assert b"xarf.json" not in content, "the letter itself stays here"
    assert copy_of(number).remarks == ["from-xarf", "without-letter"]


def test_what_is_stopped_is_taken_back_there_though_its_key_is_gone(harbor, far, door):
    far.faults["finish"] = [(500, 1300)]
    with clock_set_to(NOW):
        number = door.post("xarf", a_document(CSAM)).json()["reportId"]
    sweep()
    with clock_set_to(NOW):
        copy = stop_copy(copy_of(number).pk, by=harbor.engineer)
        destroy_keys(copy.filing_id, authority="test", by=Station.PIPELINE)
    sweep()
    assert [one.state for one in far.reports.values()] == ["retracted"]
    assert copy_of(number).state == CopyState.STOPPED


def test_a_supplement_waits_for_the_first_report_and_names_its_number_there(harbor, far, door):
    far.faults["submit"] = [(500, 1000)]
    first = file_one(harbor.wire, files=0)
    added = supplement_to(harbor, first)
    sweep()
    assert far.calls == ["submit"], "the supplement does not go before the first"
    assert told_of(door, added)["why"] == "first-waits"
    page = shown(harbor, added)
    assert "once the first report arrived there" in page, "and no time that is over"
    assert str(copy_of(added).next_try_at.isoformat()) not in page
    sweep(NOW + WAITS[0])
    one, other = far.finished()
    there = copy_of(first).far_report
    assert b"priorCTReports" not in one.document
    assert sound(other).findtext("personOrUserReported/priorCTReports") == there
    assert len(other.files) == 1
    assert "names the number of the first one" in shown(harbor, added)


def test_supplements_that_wait_for_their_first_report_hold_up_nothing_newer(harbor, far, door):
    far.faults["submit"] = [(500, 1000)]
    first = file_one(harbor.wire, files=0)
    adding = [supplement_to(harbor, first, another()) for _ in range(5)]
    newer = file_one(harbor.wire, files=0, report=another())
    sweep()
    assert copy_of(newer).state == CopyState.SENT
    sweep(NOW + timedelta(seconds=20))
    with acting_as(WORK):
        begun = Entry.objects.filter(event=Event.MIRROR_CALLED)
        told = [one.details.get("number") for one in begun]
    assert [told.count(number) for number in adding] == [1] * 5, "they are told to wait once"
    sweep(NOW + WAITS[0])
    assert len(far.finished()) == 7


def test_a_supplement_in_json_goes_as_a_new_report_too(harbor, far, door):
    first = file_json(door)
    sweep()
    with clock_set_to(NOW):
        sent = door.post(
            f"reports/{first}/supplements?finish=true", a_report(), HTTP_IDEMPOTENCY_KEY="pier-2"
        )
        assert sent.status_code == 201, sent.content
    sweep()
    assert sound(far.finished()[1]).findtext("personOrUserReported/priorCTReports") == (
        copy_of(first).far_report
    )


def test_a_supplement_to_what_is_not_there_says_so_and_goes_once_the_first_is(harbor, far, door):
    far.faults["submit"] = [(400, 4100)]
    first = file_one(harbor.wire, files=0)
    added, stopped = (supplement_to(harbor, first) for _ in range(2))
    for minutes in (0, 3):
        sweep(NOW + timedelta(minutes=minutes))
    assert told_of(door, added)["state"] == "refused"
    assert told_of(door, added)["detail"].startswith("Not sent: the report that it adds to did not")
    assert told_of(door, added, "fr")["detail"].startswith("Pas envoyé")
    with clock_set_to(NOW):
        stop_copy(copy_of(stopped).pk, by=harbor.engineer)
        send_again(copy_of(first).pk, by=harbor.engineer)
    sweep(NOW + timedelta(minutes=4))
    assert (copy_of(added).state, copy_of(stopped).state) == (CopyState.SENT, CopyState.STOPPED)


@pytest.mark.parametrize(("place", "username"), [("/other", "pier"), ("", "quay")])
def test_a_number_of_an_earlier_account_is_named_at_no_other(harbor, far, door, place, username):
    first, old = file_one(harbor.wire, files=0), far.url
    sweep()
    move_to(harbor, old.replace("/ispws", f"{place}/ispws"), username)
    added = supplement_to(harbor, first)
    sweep()
    assert copy_of(added).failed_as == "first-not-there"
    move_to(harbor, old, "pier")
    with clock_set_to(NOW):
        send_again(copy_of(added).pk, by=harbor.engineer)
    sweep()
    assert copy_of(added).state == CopyState.SENT


def test_an_answer_is_kept_as_that_of_the_account_that_was_asked(harbor, far, door):
    number = file_one(harbor.wire, files=0)
    copy, old = copy_of(number), far.url
    call = begin_call(copy.pk, by=Station.PIPELINE)
    move_to(harbor, "https://there.example.com", "quay")
    note_answer(call, Told(status=200, code=0, report="7000001"), by=Station.PIPELINE)
    assert [(one.url, one.username) for one in answers_of(copy)] == [(old, "pier")]
    assert copy_of(number).far_report == "", "it begins anew at the new account"


def test_what_was_refused_by_an_earlier_account_begins_anew_at_another(harbor, far, door):
    far.faults["finish"] = [(400, 4000)]
    number = file_one(harbor.wire, files=0)
    sweep()
    assert (copy_of(number).state, copy_of(number).far_report) == ("refused", "7000000")
    move_to(harbor, far.url, "quay")
    with clock_set_to(NOW):
        send_again(copy_of(number).pk, by=harbor.engineer)
    far.calls.clear()
    sweep()
    # The account is tried beside the copy, in a thread of its own.
    assert [step for step in far.calls if step != "status"] == ["submit", "finish"]
    assert copy_of(number).state == CopyState.SENT


def move_to(harbor: Harbor, url: str, username: str) -> None:
    with clock_set_to(NOW):
        set_mirror(url, username=username, password="x", by=harbor.engineer)


def test_the_copy_of_a_report_is_found_by_its_number(harbor, far, door):
    file_one(harbor.wire, files=0)
    with acting_as(WORK), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = Copy.objects.filter(number=1).explain()
        cursor.execute("SET LOCAL enable_seqscan = on")
    assert "copies_by_number" in plan


def test_a_batched_supplement_is_not_sent_and_says_why(harbor, far, door):
    first = file_one(harbor.wire, files=0)
    sweep()
    batch = (
        '<?xml version="1.0"?><report><batchedReport reason="VIRAL_POTENTIAL_MEME"/>'
        "<incidentSummary><incidentType>Online Enticement of Children for Sexual Acts"
        "</incidentType><incidentDateTime>2026-11-01T10:00:00Z</incidentDateTime>"
        "</incidentSummary><reporter><reportingPerson><email>desk@example.com</email>"
        "</reportingPerson></reporter></report>"
    )
    added = supplement_to(harbor, first, batch.encode())
    sweep()
    assert (copy_of(added).state, copy_of(added).failed_as) == ("refused", "supplement")
    assert "Tell them yourself what is new" in shown(harbor, added)


def test_what_a_refusal_there_names_stands_on_the_receipt(harbor, far, door):
    far.take, whole = (lambda step, body: refusal(step)), far.take
    try:
        number = file_one(harbor.wire, files=0)
        sweep()
    finally:
        far.take = whole
    assert [one.fields for one in answers_of(copy_of(number))] == [
        ["report/reporter/reportingPerson/email"]
    ]
    page = shown(harbor, number)
    assert "report/reporter/reportingPerson/email" in page
    assert "Saturday" not in page
    with acting_as(WORK):
        assert Copy.objects.get(number=number).state == CopyState.REFUSED


def refusal(_step: str) -> str:
    told = "report/reporter/reportingPerson/email (line 3): Saturday is no address"
    return (
        "<reportResponse><responseCode>4100</responseCode>"
        f"<responseDescription>{told}</responseDescription></reportResponse>"
    )

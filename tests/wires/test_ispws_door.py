"""The provider's door: what it takes in, and where that goes."""

import hashlib
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError, connection

from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.evidence.custody import key_of
from havre.evidence.models import Exhibit, RecordKey
from havre.evidence.vault import opened_exhibit
from havre.intake.actions import open_report
from havre.intake.models import Filing, Report
from havre.intake.providers.uploads import Arrival
from havre.intake.providers.wires.ispws_answer import Code
from havre.intake.providers.wires.multipart import FileForm
from havre.intake.providers.wires.refusals import WireRefusal
from havre.intake.rules.submission import AgeClass
from havre.plumbing.context import acting_as
from havre.plumbing.keys import KeyRefusedError
from havre.triage.reads import queue_page
from havre.wiring.route import walk
from tests import make
from tests.wires.wire import FORM, REPORT, Wire, a_provider, form

pytestmark = pytest.mark.django_db

LARGE = b"The pier at noon. " * 8_000


@pytest.fixture(autouse=True)
def vault(tmp_path, settings):
    settings.VAULT = tmp_path / "vault"
    return settings.VAULT


@pytest.fixture
def wire() -> Wire:
    return a_provider()


def everything():
    return acting_as(Station.PIPELINE.context)


def files_in(vault: Path) -> list[Path]:
    return [path for path in vault.rglob("*") if path.is_file()]


def events() -> list[str]:
    with everything():
        theirs = Entry.objects.filter(actor__startswith="provider:").order_by("id")
        return list(theirs.values_list("event", flat=True))


def test_a_report_with_a_file_walks_from_the_wire_to_the_analyst(wire):
    make.directory()
    analyst = make.analyst()
    number = wire.submit()
    uploaded = wire.upload(number, LARGE)
    described = wire.describe(number, uploaded.file)
    done = wire.finish(number)

    assert uploaded.hash == hashlib.md5(LARGE).hexdigest()
    assert (described.code, described.report, described.file) == (0, number, uploaded.file)
    assert (done.tag, done.code, done.report) == ("reportDoneResponse", 0, number)
    assert done.files == [uploaded.file]
    with everything():
        report = Report.objects.get()
    walk(report.pk)
    (waiting,) = rows_of(analyst)
    assert waiting.report == report
    opened = open_report(report.reference, by=analyst)
    (file,) = opened.submission.files
    assert opened.submission.incidents[0].files == (0,)
    assert "He asked me to meet on Saturday." in opened.submission.incidents[0].narrative
    assert (file.name, file.size, file.viewed_by_sender) == ("pier.txt", len(LARGE), True)
    source, exhibit, _told_of_it = opened.exhibits
    assert file.exhibit == str(exhibit.pk)
    with acting_as(analyst.context):
        key = key_of(report.pk, by=analyst)
        assert b"".join(opened_exhibit(source, key=key)).startswith(REPORT)
        assert b"".join(opened_exhibit(exhibit, key=key)) == LARGE


def rows_of(analyst):
    with acting_as(analyst.context):
        return queue_page(actor=analyst).rows


def test_a_report_says_by_what_right_it_came_and_how_long_it_stays(wire):
    wire.finish(wire.submit())
    with everything():
        report = Report.objects.get()
    assert (report.channel, report.provider) == ("ispws", wire.provider)
    assert (report.legal_basis, report.retention_class) == ("statutory-report", "statutory-2y")
    assert (report.subject_age_class, report.compartment) == (AgeClass.UNKNOWN, "general")
    assert report.received_zone == "America/Toronto"


def test_a_reported_child_is_kept_as_one(wire):
    child = (
        b"<personOrUserReported><personOrUserReportedPerson><age>15</age>"
        b"</personOrUserReportedPerson>"
    )
    wire.finish(wire.submit(REPORT.replace(b"<personOrUserReported>", child)))
    with everything():
        report = Report.objects.get()
    assert (report.subject_age_class, report.retention_class) == ("12-17", "youth")


def test_every_act_of_a_provider_leaves_its_line(wire):
    number = wire.submit()
    wire.describe(number, wire.upload(number).file)
    wire.finish(number)
    wire.retract(wire.submit())
    assert events() == [
        Event.FILING_OPENED,
        Event.EXHIBIT_SEALED,
        Event.FILE_DESCRIBED,
        Event.REPORT_RECEIVED,
        Event.FILING_FINISHED,
        Event.FILING_OPENED,
        Event.KEYS_DESTROYED,
        Event.FILING_RETRACTED,
    ]


def test_the_numbers_that_providers_see_are_no_sequence(wire):
    numbers = [wire.submit() for _ in range(4)]
    assert len(set(numbers)) == 4
    assert all(abs(one - other) > 1000 for one, other in pairwise(numbers))
    assert max(numbers) < 2**53


def test_a_filing_that_is_open_can_be_read_by_nobody_at_the_desk(wire):
    make.directory()
    analyst = make.analyst()
    wire.upload(wire.submit())
    with acting_as(analyst.context):
        assert not RecordKey.objects.exists()
        assert not Exhibit.objects.exists()
        assert not Filing.objects.visible_to(analyst).exists()
        assert not Filing.objects.exists()


def test_after_finish_the_key_is_the_desk_s_and_no_longer_the_provider_s(wire):
    number = wire.submit()
    wire.finish(number)
    with everything():
        filing = Filing.objects.get(number=number)
        recipients = set(RecordKey.objects.values_list("recipient", flat=True))
    assert recipients == {"contact", "intake"}
    assert bytes(filing.body) == b""
    with acting_as(wire.provider.context), pytest.raises(KeyRefusedError):
        key_of(filing.pk, by=wire.provider)


def test_what_was_retracted_opens_for_nobody(wire):
    number = wire.submit()
    wire.upload(number, LARGE)
    wire.retract(number)
    with everything():
        filing = Filing.objects.get(number=number)
        assert not RecordKey.objects.exists()
        assert not Report.objects.exists()
        with pytest.raises(KeyRefusedError):
            key_of(filing.pk, by=Station.PIPELINE)
    with acting_as(wire.provider.context), pytest.raises(KeyRefusedError):
        key_of(filing.pk, by=wire.provider)


def test_the_same_file_twice_gets_two_ids(wire):
    number = wire.submit()
    first, second = wire.upload(number), wire.upload(number)
    assert first.hash == second.hash
    assert wire.finish(number).files == [first.file, second.file]


def test_a_file_without_details_keeps_the_name_it_was_uploaded_with(wire):
    make.directory()
    analyst = make.analyst()
    number = wire.submit()
    wire.upload(number)
    wire.finish(number)
    with everything():
        report = Report.objects.get()
    (file,) = open_report(report.reference, by=analyst).submission.files
    assert file.name == "upload.bin"


@pytest.mark.parametrize("content", [b"", b"The pier at noon.", LARGE])
def test_a_file_may_come_before_its_id(wire, content, vault):
    number = wire.submit()
    said = wire.post("upload", form(("file", content), ("id", str(number).encode())), FORM)
    assert (said.code, said.hash) == (0, hashlib.md5(content).hexdigest())
    assert len(files_in(vault)) == (content is LARGE)


def test_a_form_that_breaks_off_leaves_no_file(wire, vault):
    number = wire.submit()
    for fields in (
        (("id", str(number).encode()), ("file", LARGE)),
        (("file", LARGE), ("id", str(number).encode())),
    ):
        said = wire.post("upload", form(*fields)[:-20], FORM)
        assert (said.code, said.response.status_code) == (Code.MALFORMED_FILE, 400)
    assert files_in(vault) == []
    assert wire.finish(number).files == []


def test_a_filing_that_ends_while_a_file_is_on_its_way_does_not_get_it(wire, vault):
    number = wire.submit()
    body = form(("id", str(number).encode()), ("file", LARGE))

    def slowly():
        yield body[:100_000]
        wire.finish(number)
        yield body[100_000:]

    arrival = Arrival(FileForm(slowly(), FORM))
    with pytest.raises(WireRefusal, match="already finished"):
        arrival.keep(by=wire.provider)
    arrival.discard()
    assert files_in(vault) == []


def test_status_costs_one_query_and_leaves_no_cookie(wire, django_assert_num_queries):
    with django_assert_num_queries(1):
        said = wire.get("status")
    assert said.description == "Remote User : example-chat, Remote Ip : 127.0.0.1"
    assert said.report is None
    assert not said.response.cookies
    assert wire.post("status").code == 0


def test_a_door_of_the_wire_is_open_to_programs_before_all_that_is_for_browsers(wire):
    number = str(wire.submit()).encode()
    form_of = ("application/x-www-form-urlencoded", b"id=" + number)
    for path, kind, body in (("status", "", b""), ("nowhere", "", b""), ("finish", *form_of)):
        said = wire.post(path, body, kind, HTTP_COOKIE="sessionid=made-up").response
        assert said["Content-Length"] == str(len(said.content))
        assert said["Content-Security-Policy"], "the headers of every answer"
        # What depends on a browser's cookie or language says so in this header.
        assert said.has_header("Vary") is (path == "nowhere")
    elsewhere = wire.client.get("/ispws/status", HTTP_AUTHORIZATION=wire.basic, HTTP_HOST="a.test")
    assert elsewhere.status_code == 400


def test_when_the_database_is_away_the_wire_says_so_in_its_own_form(wire, caplog):
    def away(*_):
        msg = "He asked me to meet"
        raise OperationalError(msg)

    with connection.execute_wrapper(away):
        said = wire.post("submit", REPORT)
    assert (said.code, said.response.status_code) == (Code.SERVER_ERROR, 500)
    assert said.response["Retry-After"] == "30"
    assert "He asked me" not in said.description + caplog.text


def test_when_the_disk_is_full_nothing_is_kept_and_the_wire_says_so(wire, tmp_path):
    number = wire.submit()
    settings.VAULT = tmp_path / "not-a-folder"
    settings.VAULT.write_bytes(b"")
    said = wire.upload(number, LARGE)
    assert (said.code, said.response.status_code) == (Code.FILE_UPLOAD_FAILED, 500)
    assert wire.finish(number).files == []


def test_a_fault_of_ours_is_answered_without_its_text(wire):
    number = wire.submit()
    with everything():
        RecordKey.objects.all().delete()
    said = wire.upload(number)
    assert (said.code, said.description) == (Code.SERVER_ERROR, "Server error")


@pytest.mark.parametrize("written", ["%3Cint:number%3E", "<int:number>", "x", "(.*)"])
def test_an_address_that_is_written_as_in_our_table_is_nobodys(wire, written):
    answer = wire.get(f"reports/{written}")
    assert (answer.response.status_code, answer.code) == (404, 1210)

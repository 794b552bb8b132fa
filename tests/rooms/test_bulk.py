"""Many reports in one file: each row once, or told why; and nothing of it lies open."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client

from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.evidence.models import RecordKey
from havre.intake.bulk import working
from havre.intake.bulk.actions import file_row, forget_results, take_upload
from havre.intake.bulk.models import Row, Upload
from havre.intake.bulk.reads import (
    progress_of,
    results_to_forget,
    rows_told,
    sheet_of,
    uploads_that_wait,
)
from havre.intake.bulk.rules import (
    MOST_BYTES,
    MOST_ROWS,
    MOST_WAITING,
    RESULTS_KEPT,
    BulkState,
    UnreadableFileError,
    WrittenAs,
)
from havre.intake.bulk.wires.columns import as_column, column_of
from havre.intake.bulk.wires.results import results_table
from havre.intake.bulk.wires.sheets import read_sheet
from havre.intake.bulk.working import file_some_rows
from havre.intake.jsondoor.wires.tree import read_report
from havre.intake.models import Filing, Report
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.scopes import Context, Scope
from havre.wiring.sweeps import forgetting
from tests import make
from tests.house.callers import undone
from tests.rooms.test_console import an_engineer
from tests.signing_in import signed_in
from tests.wires.json_door import JsonWire, a_report
from tests.wires.wire import a_provider

EVERYTHING = Context(actor="station:test", scope=Scope.WORK)
HEAD = (
    "incidentSummary.incidentType",
    "incidentSummary.incidentDateTime",
    "reporter.reportingPerson.firstName",
    "reporter.reportingPerson.email",
    "personOrUserReported.screenName",
)
FRENCH = ("n\u2019est pas connu dans report", "n\u2019est pas connu ici")
GOOD = (
    "Online Enticement of Children for Sexual Acts",
    "2026-11-01T10:00:00-05:00",
    "Pat",
    "desk@example.com",
    "dock_master",
)


def a_table(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD, delimiter: str = ",") -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter).writerows([head, *rows])
    return written.getvalue().encode()


def lines(*reports: object) -> bytes:
    return "\n".join(one if isinstance(one, str) else json.dumps(one) for one in reports).encode()


def faults_in(source: bytes) -> tuple[tuple[str, str], ...]:
    with pytest.raises(UnreadableFileError) as caught:
        read_sheet(source)
    return caught.value.faults


def test_what_begins_with_a_brace_is_json_lines_and_blank_lines_are_none():
    sheet = read_sheet(b"\xef\xbb\xbf\n" + b'{"a": 1}\r\n\r\n{"a": 2}\n')
    assert sheet.written_as is WrittenAs.JSON_LINES
    assert [(row.place, row.source) for row in sheet.rows] == [
        (2, b'{"a": 1}'),
        (4, b'{"a": 2}'),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_comes_with_any_of_three_delimiters_and_rows_count_as_in_a_spreadsheet(delimiter):
    sheet = read_sheet(a_table(GOOD, ("",) * 5, GOOD, delimiter=delimiter))
    assert (sheet.written_as, [row.place for row in sheet.rows]) == (WrittenAs.CSV, [2, 4])
    document = sheet.rows[0].document
    assert document["reporter"] == {
        "reportingPerson": {"firstName": "Pat", "email": [{"value": "desk@example.com"}]}
    }
    assert read_report(document, now=clock.now()).submission.people


def test_cells_have_the_types_that_the_grammar_wants():
    head = (
        "reporter.reportingPerson.email[2]",
        "reporter.reportingPerson.email[2].verified",
        "reporter.reportingPerson.email",
        "personOrUserReported.ipCaptureEvent.port",
        "personOrUserReported.personOrUserReportedPerson.age",
    )
    (row,) = read_sheet(
        a_table(("b@example.com", "VRAI", "a@example.com", "443", "none"), head=head)
    ).rows
    (person,) = row.document["personOrUserReported"]
    assert row.document["reporter"]["reportingPerson"]["email"] == [
        {"value": "a@example.com"},
        {"value": "b@example.com", "verified": True},
    ]
    assert person["ipCaptureEvent"] == [{"port": 443}]
    assert person["personOrUserReportedPerson"] == {"age": "none"}


def test_every_column_that_is_none_is_named_at_once():
    head = ("pier", "incidentSummary", "incidentSummary.platform[2]", "a b", HEAD[0], HEAD[0])
    told = dict(faults_in(a_table(("x",) * 6, head=head)))
    assert told == {
        "pier": "is not known here",
        "incidentSummary": "holds fields; name one of them behind a dot",
        "incidentSummary.platform[2]": "may stand once: leave out [2]",
        "a b": "is no name of a column, such as reporter.reportingPerson.email[2]",
        HEAD[0]: "comes twice",
    }


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (b"\xff\xfea\x00", "is not UTF-8"),
        (b"", "holds no row"),
        (a_table(), "holds no row"),
        (b"{}\n" * (MOST_ROWS + 1), f"has {MOST_ROWS + 1} rows"),
        (HEAD[0].encode() + b'\n"a"b\n', "quotation mark"),
    ],
)
def test_a_file_without_rows_that_can_be_read_says_why(source, reason):
    ((_at, told),) = faults_in(source)
    assert reason in told


def test_more_cells_than_names_are_the_fault_of_that_row_alone():
    bad, good = read_sheet(a_table((*GOOD, "x"), GOOD)).rows
    assert (len(bad.faults), good.faults) == (1, ())


def test_every_column_leads_where_its_pointer_says():
    assert (
        as_column("/reporter/reportingPerson/email/1/value") == "reporter.reportingPerson.email[2]"
    )
    for name in (*HEAD, "reporter.reportingPerson.email[2].verified"):
        assert not isinstance(column_of(name), str)


def test_no_cell_of_a_result_is_a_formula():
    written = results_table(["row"], [(1, "refused", None, [("", "=1+1")])]).decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(written.split("\r\n")[1])))[3] == "'=1+1"


@pytest.fixture(scope="module")
def whole(lasting_block) -> JsonWire:
    """Built once, in a transaction that all these tests share and that is rolled back."""
    make.directory()
    return JsonWire(a_provider("pier-chat"))


@pytest.fixture
def wire(whole, settings, tmp_path) -> Iterator[JsonWire]:
    settings.VAULT = tmp_path
    with undone():
        yield whole


def sent(wire: JsonWire, source: bytes) -> Upload:
    return take_upload(source, by=wire.wire.provider)[0].upload


def done(wire: JsonWire, source: bytes) -> Upload:
    upload = sent(wire, source)
    file_some_rows(upload.pk)
    return upload


def told(wire: JsonWire, upload: Upload):
    provider = wire.wire.provider
    with acting_as(provider.context):
        return rows_told(upload, actor=provider)


def desk() -> int:
    with acting_as(EVERYTHING):
        return Report.objects.count()


def test_good_rows_are_filed_and_bad_ones_are_told_every_fault(wire):
    upload = done(wire, lines(a_report(), "{broken", {"pier": 1}, '{"a": 1, "a": 2}', a_report()))
    first, broken, empty, twice, last = told(wire, upload)
    assert [row.outcome for row in (first, broken, empty, twice, last)] == [
        "accepted",
        *["refused"] * 3,
        "accepted",
    ]
    assert broken.faults == (("", "is no JSON: look at character 2"),)
    assert {at for at, _why in empty.faults} >= {"/pier", "/incidentSummary", "/reporter"}
    assert "a name comes twice" in twice.faults[0][1]
    with acting_as(EVERYTHING):
        states = set(
            Filing.objects.filter(number__in=[first.number, last.number]).values_list("state")
        )
    assert (states, desk()) == ({("finished",)}, 2)


def test_a_fault_in_a_table_names_its_column(wire):
    upload = done(wire, a_table((*GOOD[:1], "yesterday", *GOOD[2:]), GOOD))
    bad, good = told(wire, upload)
    assert (bad.place, good.place, good.outcome) == (2, 3, "accepted")
    assert [at for at, _why in bad.faults] == ["incidentSummary.incidentDateTime"]


def test_a_fault_in_forgetting_is_not_taken_for_a_file_that_goes_on(wire, monkeypatch):
    def fails(*_args, **_named):
        raise RecordKey.DoesNotExist

    found = [sent(wire, lines(a_report())).pk]
    monkeypatch.setattr(forgetting, "results_to_forget", lambda actor: found)
    forgetting.forget_what_was_answered()
    monkeypatch.setattr(forgetting, "forget_results", fails)
    with pytest.raises(RecordKey.DoesNotExist):
        forgetting.forget_what_was_answered()


def test_a_worker_that_was_killed_between_rows_files_none_twice(wire, monkeypatch):
    upload = sent(wire, lines(*(a_report() for _ in range(4))))
    assert file_some_rows(upload.pk, most=2) == 2
    real, calls = working.file_row, []

    def dies(*args, **kwargs):
        calls.append(real(*args, **kwargs))
        msg = "killed"
        raise OSError(msg)

    monkeypatch.setattr(working, "file_row", dies)
    with pytest.raises(OSError, match="killed"):
        file_some_rows(upload.pk)
    monkeypatch.setattr(working, "file_row", real)
    assert (len(calls), desk()) == (1, 3)
    assert file_some_rows(upload.pk) == 1
    assert file_some_rows(upload.pk) == 0
    assert ([row.place for row in told(wire, upload)], desk()) == ([1, 2, 3, 4], 4)


def test_a_row_that_somebody_else_did_meanwhile_leaves_no_second_report(wire):
    upload = sent(wire, lines(a_report()))
    provider = wire.wire.provider
    with acting_as(provider.context):
        (row,) = sheet_of(upload, actor=provider).rows
    document = read_report(json.loads(row.source), now=clock.now())
    file_row(upload, row, document, by=provider)
    with pytest.raises(Exception, match="a_row_is_done_once"), transaction.atomic():
        file_row(upload, row, document, by=provider)
    assert desk() == 1


def test_a_row_that_fails_here_holds_back_no_other(wire, monkeypatch):
    real = working.read_report

    def fails_once(raw, **kwargs):
        if raw.get("additionalInfo") == "Fails.":
            raise RuntimeError
        return real(raw, **kwargs)

    monkeypatch.setattr(working, "read_report", fails_once)
    upload = done(wire, lines(a_report(additionalInfo="Fails."), a_report()))
    first, second = told(wire, upload)
    assert (first.faults[0][1], second.outcome) == (working.FAILED_HERE, "accepted")


def test_the_bytes_cannot_be_read_again_when_the_last_row_is_done(wire):
    upload = sent(wire, lines(a_report(), {"secret_pier": 1}))
    with acting_as(EVERYTHING):
        assert RecordKey.objects.filter(record=upload.pk).count() == 1
    file_some_rows(upload.pk)
    with acting_as(EVERYTHING), connection.cursor() as cursor:
        assert RecordKey.objects.filter(record=upload.pk).count() == 0
        assert Upload.objects.get(pk=upload.pk).state == BulkState.DONE
        for table in ("bulk_row", "bulk_upload", "procrastinate_jobs", "audit_entry"):
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE '%secret_pier%'")
            assert cursor.fetchone() == (0,), table
    assert "secret_pier" in told(wire, upload)[1].faults[-1][0]


def test_the_same_bytes_are_the_same_file_unless_nothing_came_of_them(wire):
    source, bad = lines(a_report()), lines({"pier": 1})
    assert (sent(wire, source), sent(wire, source)) == (done(wire, source),) * 2
    assert (sent(wire, source) == done(wire, source), desk()) == (True, 1)
    assert done(wire, bad) != sent(wire, bad)


def test_a_file_that_nobody_works_on_is_found_and_old_results_are_forgotten(wire):
    upload = sent(wire, lines(a_report(), {}))
    by = Station.PIPELINE
    with acting_as(by.context):
        assert uploads_that_wait(actor=by) == []
    with clock.clock_set_to(clock.now() + timedelta(minutes=2)), acting_as(by.context):
        assert uploads_that_wait(actor=by) == [upload.pk]
    file_some_rows(upload.pk)
    with clock.clock_set_to(clock.now() + RESULTS_KEPT + timedelta(minutes=1)):
        with acting_as(by.context):
            assert results_to_forget(actor=by) == [upload.pk]
        forget_results(upload.pk, by=by)
    with acting_as(EVERYTHING):
        assert (Upload.objects.count(), Row.objects.count()) == (0, 0)
    assert desk() == 1


def test_a_program_sends_a_file_asks_how_far_it_is_and_takes_its_result(wire):
    source = lines(a_report(), {"pier": 1})
    no_key = wire.post("bulk", source)
    assert (no_key.status_code, no_key.json()["errors"][0]["header"]) == (422, "Idempotency-Key")
    answer = wire.post("bulk", source, HTTP_IDEMPOTENCY_KEY="b-1")
    bulk = answer.json()["bulkId"]
    assert (answer.status_code, answer.json()["state"]) == (201, "waiting")
    again = wire.post("bulk", source, HTTP_IDEMPOTENCY_KEY="b-2")
    assert (again.status_code, again.json()["bulkId"]) == (200, bulk)
    assert wire.get(f"bulk/{bulk}/result").status_code == 409
    file_some_rows(Upload(pk=bulk).pk)
    state = wire.get(f"bulk/{bulk}").json()
    assert (state["state"], state["rows"], state["accepted"], state["refused"]) == ("done", 2, 1, 1)
    page = wire.get(f"bulk/{bulk}/rows?limit=1").json()
    refused = wire.get(f"bulk/{bulk}/rows?after={page['next']}", HTTP_ACCEPT_LANGUAGE="fr").json()
    assert {"at": "/pier", "detail": FRENCH[0]} in refused["rows"][0]["errors"]
    alone = wire.get(f"bulk/{bulk}/rows?outcome=refused").json()
    assert [row["row"] for row in alone["rows"]] == [2]
    table = wire.get(f"bulk/{bulk}/result").content.decode("utf-8-sig")
    head, first, second = csv.reader(io.StringIO(table))
    assert head == ["row", "outcome", "report number", "faults"]
    assert first == ["1", "accepted", str(page["rows"][0]["reportId"]), ""]
    assert (second[:3], "/pier: " in second[3]) == (["2", "refused", ""], True)


def test_a_file_that_cannot_be_read_or_is_one_too_many_is_refused_whole(wire):
    bad = wire.post(
        "bulk", b"pier,quay\n1,2\n", HTTP_IDEMPOTENCY_KEY="b-3", HTTP_ACCEPT_LANGUAGE="fr"
    )
    assert [one["place"] for one in bad.json()["errors"]] == ["pier", "quay"]
    assert bad.json()["errors"][0]["detail"] == FRENCH[1]
    large = wire.post("bulk", b"{" * (MOST_BYTES + 1), HTTP_IDEMPOTENCY_KEY="b-4")
    assert large.status_code == 413
    for _ in range(MOST_WAITING):
        sent(wire, lines(a_report()))
    more = wire.post("bulk", lines(a_report()), HTTP_IDEMPOTENCY_KEY="b-5")
    assert (more.status_code, more["Retry-After"]) == (429, "60")


def test_an_engineer_sends_a_file_watches_it_and_takes_its_result(wire):
    browser = signed_in(an_engineer(wire.wire, "p.roy"), Client(HTTP_HOST="localhost"))
    source = a_table(GOOD, (*GOOD[:1], "yesterday", *GOOD[2:]))
    file = SimpleUploadedFile("reports.csv", source, "text/csv")
    answer = browser.post("/en/many-at-once", {"sheet": file})
    assert answer.status_code == 302
    page = browser.get(answer["Location"]).content.decode()
    assert "0 of 2 rows are done" in page
    with acting_as(EVERYTHING):
        upload = Upload.objects.get()
    file_some_rows(upload.pk)
    page = browser.get(answer["Location"]).content.decode()
    assert "Of 2 rows 1 were filed and 1 refused" in page
    assert "incidentSummary.incidentDateTime" in page
    result = browser.get(
        f"{answer['Location'].replace('/en/many-at-once', '/fr/envoi-groupe')}/resultat.csv"
    )
    assert "acceptée" in result.content.decode("utf-8-sig")
    again = browser.post("/en/many-at-once", {"pasted": source.decode()}, follow=True)
    assert "You sent these very bytes before" in again.content.decode()
    with acting_as(EVERYTHING):
        assert progress_of(upload.pk, actor=Station.PIPELINE).is_done
        assert Entry.objects.filter(event=Event.BULK_READ, about=str(upload.pk)).count() >= 3


def test_the_page_says_what_is_wrong_with_a_file(wire):
    browser = signed_in(an_engineer(wire.wire, "p.roy"), Client(HTTP_HOST="localhost"))
    for fields, said in (
        ({}, "one of the two"),
        ({"pasted": "pier\n1\n"}, "is not known here"),
        ({"sheet": SimpleUploadedFile("a.csv", b"x" * (MOST_BYTES + 9))}, "larger than 10 MB"),
    ):
        answer = browser.post("/en/many-at-once", fields)
        assert (answer.status_code, said in answer.content.decode()) == (422, True), said

"""What a process knows from before of providers and of filings is never believed."""

from pathlib import Path
from threading import Barrier, Thread

import psycopg
import pytest
from django.db import connection

from havre.agencies.actions import change_provider, revoke_keys
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.evidence.models import Exhibit, RecordKey
from havre.intake.models import Attachment, Filing, FilingFile, Report
from havre.intake.providers import at_hand, known
from havre.intake.providers.uploads import Arrival
from havre.intake.providers.wires.ispws_answer import Code
from havre.intake.providers.wires.multipart import FileForm
from havre.plumbing.context import acting_as
from havre.plumbing.scopes import Context, Scope
from tests.wires.wire import FORM, Wire, a_provider, another, form

EVERYTHING = Context(actor="test", scope=Scope.WORK)
MISTAKEN = b"<report><nothing/></report>"
LARGE = b"The pier at noon. " * 8_000


@pytest.fixture(autouse=True)
def vault(tmp_path, settings) -> Path:
    settings.VAULT = tmp_path / "vault"
    return settings.VAULT


@pytest.fixture
def wire(db) -> Wire:
    one = a_provider()
    # The second of its requests comes in as known before.
    one.submit()
    assert known.known_provider(one.provider.code, one.password)
    return one


def rows(model, **which):
    with acting_as(EVERYTHING):
        return list(model.objects.filter(**which))


def files_in(vault: Path) -> list[Path]:
    return [path for path in vault.rglob("*") if path.is_file()]


def trips_of(monkeypatch) -> list[int]:
    from havre.plumbing import trips

    sent, real = [], trips._exchanged

    def counted(wire, packets, kept):
        sent.append(len(packets))
        return real(wire, packets, kept)

    monkeypatch.setattr(trips, "_exchanged", counted)
    return sent


@pytest.mark.real_commits
def test_each_step_of_a_known_provider_is_one_trip(monkeypatch):
    wire = a_provider()
    wire.submit()
    sent = trips_of(monkeypatch)
    number = wire.submit()
    assert len(sent) == 1
    file = wire.upload(number).file
    assert len(sent) == 2
    assert wire.describe(number, file).code == Code.SUCCESS
    assert len(sent) == 3
    assert wire.finish(number).code == Code.SUCCESS
    assert len(sent) == 4
    assert len(rows(Report)) == 1


@pytest.mark.real_commits
def test_a_filing_that_another_process_opened_is_asked_for_once_to_add_a_file(monkeypatch):
    wire = a_provider()
    wire.submit()
    number, sent = wire.submit(), trips_of(monkeypatch)
    for _ in range(2):
        at_hand.shelf.take(wire.provider.pk, number)
        sent.clear()
        assert wire.upload(number, LARGE).code == Code.SUCCESS
        # To ask, to end asking, and to add the file to what was seen.
        assert len(sent) == 3
    assert len(rows(FilingFile)) == 2


@pytest.mark.real_commits
def test_two_files_at_once_are_both_kept_whatever_was_seen_when_they_began():
    wire = a_provider()
    number = wire.submit()
    body = form(("id", str(number).encode()), ("file", LARGE))

    def meanwhile():
        yield body[:100_000]
        assert wire.upload(number, LARGE).code == Code.SUCCESS
        yield body[100_000:]

    Arrival(FileForm(meanwhile(), FORM)).keep(by=wire.provider)
    assert len(wire.finish(number).files) == 2


@pytest.mark.parametrize("step", ["submit", "repeat", "finish", "describe", "upload"])
def test_a_revoked_key_opens_nothing_though_it_was_known(wire, step, vault):
    document = another()
    number = wire.post("submit", document).report
    file = wire.upload(number).file
    revoke_keys(wire.provider, by=Station.SET_UP)
    before = len(rows(Entry)), len(rows(Filing))
    said = {
        "submit": lambda: wire.post("submit", another()),
        "repeat": lambda: wire.post("submit", document),
        "finish": lambda: wire.finish(number),
        "describe": lambda: wire.describe(number, file),
        "upload": lambda: wire.upload(number, LARGE),
    }[step]()
    assert (said.response.status_code, said.code) == (401, Code.AUTHENTICATION_REQUIRED)
    assert (len(rows(Entry)), len(rows(Filing))) == before
    assert not rows(Report)
    assert files_in(vault) == []


def test_a_known_provider_with_a_revoked_key_learns_nothing_of_its_document(wire):
    revoke_keys(wire.provider, by=Station.SET_UP)
    assert wire.post("submit", MISTAKEN).code == Code.AUTHENTICATION_REQUIRED


@pytest.mark.parametrize("number", [b"x", b"1", b""])
def test_a_known_provider_with_a_revoked_key_learns_nothing_of_its_upload(wire, number):
    revoke_keys(wire.provider, by=Station.SET_UP)
    body = form(("id", number), ("file", b"x"))
    assert wire.post("upload", body, FORM).code == Code.AUTHENTICATION_REQUIRED


def test_a_file_is_kept_once_though_its_provider_was_changed_since_it_was_known(wire, vault):
    for content in (LARGE, b"The pier at noon."):
        number = wire.submit()
        change_provider(wire.provider, fault_status=400, wants_quality=False, by=Station.SET_UP)
        assert wire.upload(number, content).code == Code.SUCCESS
        assert len(wire.finish(number).files) == 1
    assert len(rows(FilingFile)) == 2
    assert len(files_in(vault)) == 1


def test_an_upload_that_is_refused_is_read_once_and_leaves_no_file(wire, vault):
    number = wire.submit()
    whole = form(("id", str(number).encode()), ("file", LARGE))
    unknown = form(("id", b"7"), ("file", LARGE))
    late = form(("file", LARGE), ("id", b"7"))
    told = [(whole[:-20], Code.MALFORMED_FILE), (whole[:50], Code.MALFORMED_FILE)]
    told += [(unknown, Code.REPORT_DOES_NOT_EXIST), (late, Code.REPORT_DOES_NOT_EXIST)]
    for body, code in told:
        wire.submit()
        assert known.known_provider(wire.provider.code, wire.password)
        assert wire.post("upload", body, FORM).code == code
    assert files_in(vault) == []
    assert wire.finish(number).files == []


def test_a_file_of_a_filing_that_was_closed_meanwhile_is_taken_away(wire, vault):
    number = wire.submit()
    mine = at_hand.shelf.seen(wire.provider.pk, number)
    wire.finish(number)
    at_hand.shelf.lay(wire.provider.pk, number, mine, weight=1)
    assert wire.upload(number, LARGE).code == Code.ALREADY_FINISHED
    assert files_in(vault) == []


@pytest.mark.real_commits
def test_a_file_stays_where_it_is_in_doubt_whether_its_row_was_written(vault, monkeypatch):
    from havre.plumbing import trips

    wire = a_provider()
    number, real = wire.submit(), trips._exchanged

    def cut(*asked):
        real(*asked)
        msg = "the line is dead"
        raise psycopg.OperationalError(msg)

    wire.submit()
    monkeypatch.setattr(trips, "_exchanged", cut)
    said = wire.upload(number, LARGE)
    monkeypatch.undo()
    assert said.code == Code.UPLOAD_FAILED
    (kept,) = rows(Exhibit, size=len(LARGE))
    assert files_in(vault) == [vault / kept.location]


@pytest.mark.parametrize("body", [b"x" * 70_000, b"id=none"])
def test_a_refused_body_is_read_once(wire, body):
    answers = []
    for one in (wire, a_provider("example-games")):
        said = one.post("finish", body, "application/x-www-form-urlencoded")
        answers.append((said.response.status_code, said.code, said.description))
    assert answers[0] == answers[1]
    assert answers[0][1] == Code.INVALID_REQUEST


def test_a_changed_profile_holds_from_the_next_request(wire):
    assert wire.post("submit", MISTAKEN).response.status_code == 400
    wire.submit()
    change_provider(wire.provider, fault_status=200, wants_quality=False, by=Station.SET_UP)
    assert wire.post("submit", MISTAKEN).response.status_code == 200
    assert "X-Report-Quality" not in wire.post("submit", another()).response


def test_a_file_that_came_by_another_process_is_in_the_report(wire):
    number = wire.submit()
    first = wire.upload(number).file
    mine = at_hand.shelf.seen(wire.provider.pk, number)
    second = wire.upload(number).file
    # As a process that wrote the first file and knows nothing of the second.
    at_hand.shelf.lay(wire.provider.pk, number, mine, weight=1)
    said = wire.finish(number)
    assert sorted(said.files) == sorted([first, second])
    assert len(rows(Attachment, is_source=False)) == 2


def test_details_of_a_file_that_came_by_another_process_are_taken(wire):
    number = wire.submit()
    mine = at_hand.shelf.seen(wire.provider.pk, number)
    file = wire.upload(number).file
    at_hand.shelf.lay(wire.provider.pk, number, mine, weight=1)
    assert wire.describe(number, file).code == Code.SUCCESS
    (kept,) = rows(FilingFile)
    assert kept.details_source_id is not None


@pytest.mark.parametrize("by", ["finish", "retract"])
def test_what_another_process_closed_is_closed(wire, by):
    number = wire.submit()
    mine = at_hand.shelf.seen(wire.provider.pk, number)
    getattr(wire, by)(number)
    at_hand.shelf.lay(wire.provider.pk, number, mine, weight=1)
    closed = {"finish": Code.ALREADY_FINISHED, "retract": Code.ALREADY_RETRACTED}[by]
    assert wire.upload(number).code == closed
    at_hand.shelf.lay(wire.provider.pk, number, mine, weight=1)
    assert wire.finish(number).code == closed
    assert len(rows(Report)) == (by == "finish")
    assert not rows(FilingFile)


def test_a_key_that_was_destroyed_is_not_brought_back(wire):
    number = wire.submit()
    (filing,) = rows(Filing, number=number)
    with acting_as(EVERYTHING):
        RecordKey.objects.filter(record=filing.pk).delete()
    assert wire.finish(number).code == Code.SERVER_ERROR
    assert not rows(RecordKey, record=filing.pk)
    assert not rows(Report)


def test_of_many_filings_the_oldest_are_no_longer_at_hand_and_large_ones_never():
    shelf, rows = at_hand.Shelf(most=2), at_hand.Rows((), ())
    for number in (1, 2, 3):
        shelf.lay("anyone", number, rows, weight=1)
    shelf.lay("anyone", 4, rows, weight=at_hand.MOST_BYTES + 1)
    assert [shelf.seen("anyone", number) for number in (1, 2, 3, 4)] == [None, rows, rows, None]
    assert shelf.take("anyone", 3) is rows
    assert shelf.take("anyone", 3) is None
    assert shelf.seen("another", 2) is None


@pytest.mark.real_commits
def test_the_same_bytes_at_once_open_one_filing():
    wire = a_provider()
    wire.submit()
    document, ready, told = another(), Barrier(4), []

    def send() -> None:
        ready.wait()
        told.append(Wire(wire.provider, wire.password).post("submit", document).report)
        connection.close()

    threads = [Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 4
    assert len(set(told)) == 1
    assert len(rows(Filing)) == 2
    repeats = [line.details["is_repeat"] for line in rows(Entry, event=Event.FILING_OPENED)]
    assert sorted(repeats) == [False, False, True, True, True]

"""A file of reports can be tried without filing, and stopped and gone on with."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.evidence.models import RecordKey
from havre.intake.bulk import actions, working
from havre.intake.bulk.actions import forget_results, go_on, stop_upload, take_upload
from havre.intake.bulk.models import Row, Upload
from havre.intake.bulk.reads import results_to_forget
from havre.intake.bulk.rules import MOST_WAITING, RESULTS_KEPT, BulkState, Outcome
from havre.intake.bulk.working import file_some_rows
from havre.intake.models import Filing
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.wiring.sweeps import forgetting
from tests.house.callers import undone
from tests.pages import assert_sound
from tests.rooms.test_bulk import EVERYTHING, desk, lines, told, whole, wire
from tests.rooms.test_console import an_engineer
from tests.signing_in import signed_in
from tests.wires.json_door import JsonWire, a_report
from tests.wires.wire import a_provider

__all__ = ["whole", "wire"]  # fixtures

BY = Station.PIPELINE


def taken(wire: JsonWire, source: bytes, *, is_trial: bool = False) -> Upload:
    return take_upload(source, is_trial=is_trial, by=wire.wire.provider)[0].upload


def now(upload: Upload) -> Upload:
    with acting_as(EVERYTHING):
        return Upload.objects.get(pk=upload.pk)


def outcomes(wire: JsonWire, upload: Upload) -> list[tuple[int, str]]:
    return [(row.place, str(row.outcome)) for row in told(wire, now(upload))]


def events(upload: Upload, event: Event) -> int:
    with acting_as(EVERYTHING):
        return Entry.objects.filter(event=event, about=str(upload.pk)).count()


def jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'bulk'")
        return cursor.fetchone()[0]


# ------------------------------------------------------------------ a trial


def test_a_trial_looks_at_every_row_files_none_and_keeps_what_came_of_them_alone(wire):
    upload = taken(wire, lines(a_report(), {"secret_pier": 1}, a_report()), is_trial=True)
    assert file_some_rows(upload.pk) == 3
    assert outcomes(wire, upload) == [(1, "would-be-filed"), (2, "refused"), (3, "would-be-filed")]
    with acting_as(EVERYTHING), connection.cursor() as cursor:
        assert (Filing.objects.count(), desk()) == (0, 0)
        assert RecordKey.objects.filter(record=upload.pk).count() == 0, "its bytes are gone"
        cursor.execute("SELECT count(*) FROM bulk_row t WHERE t::text LIKE '%secret_pier%'")
        assert cursor.fetchone() == (0,)
    assert events(upload, Event.BULK_ROW_TRIED) == 2
    assert events(upload, Event.BULK_ROW_FILED) == 0


def test_the_same_bytes_are_filed_after_a_trial_of_them(wire):
    source = lines(a_report())
    trial = taken(wire, source, is_trial=True)
    assert taken(wire, source, is_trial=True) == trial, "while it goes on, it is the same"
    filed = taken(wire, source)
    assert filed != trial
    for upload in (trial, filed):
        file_some_rows(upload.pk)
    assert desk() == 1
    assert outcomes(wire, filed) == [(1, "accepted")]


def test_a_program_tries_a_file_and_is_told_what_would_come_of_it(wire):
    source = lines(a_report(), {"pier": 1})
    sent = wire.post("bulk?trial=true", source, HTTP_IDEMPOTENCY_KEY="t-1").json()
    assert (sent["trial"], sent["state"], sent["left"]) == (True, "waiting", 2)
    file_some_rows(Upload(pk=sent["bulkId"]).pk)
    state = wire.get(f"bulk/{sent['bulkId']}").json()
    counts = {name: state[name] for name in ("accepted", "wouldBeFiled", "refused", "left")}
    assert counts == {"accepted": 0, "wouldBeFiled": 1, "refused": 1, "left": 0}
    rows = wire.get(f"bulk/{sent['bulkId']}/rows?outcome=would-be-filed").json()["rows"]
    assert rows == [{"row": 1, "outcome": "would-be-filed"}]
    odd = wire.post("bulk?trial=perhaps", source, HTTP_IDEMPOTENCY_KEY="t-2")
    assert odd.json()["errors"][0]["parameter"] == "trial"
    assert desk() == 0


def test_the_words_for_what_came_of_a_row_are_asked_for_as_they_are_answered(wire):
    said = wire.get("openapi.json").json()
    asked = said["paths"]["/api/v1/bulk/{bulkId}/rows"]["get"]["parameters"]
    (words,) = (one["schema"]["enum"] for one in asked if one["name"] == "outcome")
    told = said["components"]["schemas"]
    assert set(words) - {""} == set(told["Outcome"]["enum"]) == {one.value for one in Outcome}
    assert set(told["BulkState"]["enum"]) == {"done", "stopped", "waiting"}


# ------------------------------------------------------------------ stopping


def test_what_is_stopped_files_no_further_row_and_goes_on_where_it_stopped(wire):
    upload = taken(wire, lines(*(a_report() for _ in range(4))))
    by = wire.wire.provider
    assert file_some_rows(upload.pk, most=2) == 2
    stopped = stop_upload(upload.pk, by=by)
    assert (stopped.accepted, stopped.left, stopped.is_stopped) == (2, 2, True)
    assert file_some_rows(upload.pk) == 0
    assert desk() == 2
    assert outcomes(wire, upload) == [
        *((1, "accepted"), (2, "accepted")),
        *((3, "not-filed"), (4, "not-filed")),
    ]
    before = jobs()
    assert go_on(upload.pk, by=by).upload.state == BulkState.WAITING
    assert jobs() == before + 1, "somebody works on it again"
    assert file_some_rows(upload.pk) == 2
    assert (desk(), now(upload).state) == (4, BulkState.DONE)
    assert [outcome for _place, outcome in outcomes(wire, upload)] == ["accepted"] * 4
    assert events(upload, Event.BULK_STOPPED) == events(upload, Event.BULK_GONE_ON) == 1


@pytest.mark.parametrize("is_trial", [False, True])
def test_a_stop_in_the_middle_of_the_work_holds_before_the_next_row(wire, monkeypatch, is_trial):
    rows = (a_report(), {"pier": 1}, a_report(), {"pier": 2})
    for stop_before in range(1, 5):
        upload = taken(wire, lines(*rows, a_report()), is_trial=is_trial)
        real, seen = working.document_of, []

        def stops(row, real=real, seen=seen, upload=upload, last=stop_before):
            seen.append(row.place)
            if len(seen) == last:
                stop_upload(upload.pk, by=wire.wire.provider)
            return real(row)

        monkeypatch.setattr(working, "document_of", stops)
        assert file_some_rows(upload.pk) == stop_before - 1
        monkeypatch.setattr(working, "document_of", real)
        with acting_as(EVERYTHING):
            assert Row.objects.filter(upload=upload).count() == stop_before - 1
        assert now(upload).state == BulkState.STOPPED


def test_what_is_done_cannot_be_stopped_and_what_goes_on_is_not_handed_out_twice(wire):
    upload = taken(wire, lines(a_report()))
    before = jobs()
    go_on(upload.pk, by=wire.wire.provider)
    assert jobs() == before
    file_some_rows(upload.pk)
    assert stop_upload(upload.pk, by=wire.wire.provider).is_done


def test_a_stopped_file_lies_sealed_for_thirty_days_and_is_destroyed(wire):
    upload = taken(wire, lines(a_report(), a_report()))
    file_some_rows(upload.pk, most=1)
    stop_upload(upload.pk, by=wire.wire.provider)
    with acting_as(EVERYTHING):
        assert RecordKey.objects.filter(record=upload.pk).count() == 1
    with clock.clock_set_to(clock.now() + RESULTS_KEPT + timedelta(minutes=1)):
        with acting_as(BY.context):
            assert results_to_forget(actor=BY) == [upload.pk]
        forget_results(upload.pk, by=BY)
    with acting_as(EVERYTHING):
        assert not RecordKey.objects.filter(record__in=[upload.pk, upload.results]).exists()
        assert not Upload.objects.filter(pk=upload.pk).exists()
    assert desk() == 1


def stopped(wire: JsonWire, *, after: int = 1) -> Upload:
    """A file of three reports that was stopped after so many of them."""
    upload = taken(wire, lines(*(a_report() for _ in range(3))))
    file_some_rows(upload.pk, most=after)
    stop_upload(upload.pk, by=wire.wire.provider)
    return upload


def test_what_goes_on_on_its_last_day_is_filed_and_keeps_nobody_else_from_being_forgotten(
    wire, monkeypatch
):
    late, over = stopped(wire), stopped(wire)
    with clock.clock_set_to(clock.now() + RESULTS_KEPT + timedelta(minutes=1)):
        with acting_as(BY.context):
            found = results_to_forget(actor=BY)
        assert set(found) == {late.pk, over.pk}
        go_on(late.pk, by=wire.wire.provider)
        monkeypatch.setattr(forgetting, "results_to_forget", lambda actor: found)
        forgetting.forget_what_was_answered()
        with acting_as(EVERYTHING):
            assert list(Upload.objects.all()) == [late]
        assert file_some_rows(late.pk) == 2
    assert [outcome for _place, outcome in outcomes(wire, late)] == ["accepted"] * 3


def test_the_same_bytes_are_filed_when_the_file_was_stopped_before_its_first_report(wire):
    source = lines(a_report(), a_report())
    for is_trial in (True, False):
        first = taken(wire, source, is_trial=is_trial)
        stop_upload(first.pk, by=wire.wire.provider)
        before = jobs()
        again = taken(wire, source, is_trial=is_trial)
        assert (again, again.state) == (first, BulkState.WAITING), "the first one goes on"
        assert (jobs(), events(again, Event.BULK_GONE_ON)) == (before + 1, 1)
    file_some_rows(again.pk, most=1)
    stop_upload(again.pk, by=wire.wire.provider)
    same = taken(wire, source)
    assert (same, same.state) == (again, BulkState.STOPPED), "a row of it is filed: resume it"
    assert desk() == 1


def test_what_was_stopped_sent_again_and_resumed_is_filed_once(wire):
    source = lines(a_report(), {"pier": 1})
    bulk = wire.post("bulk", source, HTTP_IDEMPOTENCY_KEY="o-1").json()["bulkId"]
    wire.post(f"bulk/{bulk}/stop")
    again = wire.post("bulk", source, HTTP_IDEMPOTENCY_KEY="o-2")
    said = again.json()
    assert (again.status_code, said["bulkId"], said["state"]) == (200, bulk, "waiting")
    wire.post(f"bulk/{bulk}/stop")
    browser = signed_in(an_engineer(wire.wire, "p.roy"), Client(HTTP_HOST="localhost"))
    for _time in range(2):
        page = browser.post("/en/many-at-once", {"pasted": source.decode()}, follow=True)
        words = "You had stopped this file. It goes on." in page.content.decode()
        assert words is (_time == 0)
    with acting_as(EVERYTHING):
        every = list(Upload.objects.values_list("pk", flat=True))
    for upload in every:
        wire.post(f"bulk/{upload}/resume")
        file_some_rows(upload)
    assert (len(every), desk()) == (1, 1)


def test_stopped_files_have_a_limit_of_their_own(wire, monkeypatch):
    monkeypatch.setattr(actions, "MOST_HELD", 2)
    source = lines(a_report(), {"pier": 1})
    first = taken(wire, source)
    stop_upload(first.pk, by=wire.wire.provider)
    stopped(wire, after=0)
    other = lines(a_report(), {"pier": 2})
    answer = wire.post("bulk", other, HTTP_IDEMPOTENCY_KEY="h-1", HTTP_ACCEPT_LANGUAGE="fr")
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert "100 de vos fichiers attendent ou sont arrêtés." in answer.content.decode()
    browser = signed_in(an_engineer(wire.wire, "p.roy"), Client(HTTP_HOST="localhost"))
    page = browser.post("/en/many-at-once", {"pasted": other.decode()}).content.decode()
    assert "100 files of yours wait or are stopped. Go on with those first." in page
    assert taken(wire, source) == first, "it is here already, and goes on"
    file_some_rows(first.pk)
    assert taken(wire, other).state == BulkState.WAITING


def test_who_takes_in_a_file_or_goes_on_with_one_waits_for_whoever_does_the_same(wire):
    by = wire.wire.provider
    upload = taken(wire, lines(a_report()))
    stop_upload(upload.pk, by=by)
    for act in (lambda: taken(wire, lines(a_report())), lambda: go_on(upload.pk, by=by)):
        with undone():
            act()
            assert is_locked(f"bulk/{by.pk}")


def is_locked(key: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
            " AND (classid::bigint << 32) | objid::bigint = hashtextextended(%s, 0)",
            [key],
        )
        return cursor.fetchone()[0] > 0


def test_nobody_gets_round_the_limit_of_waiting_files_by_stopping_some(wire):
    first = stopped(wire, after=0)
    for number in range(MOST_WAITING):
        taken(wire, lines(a_report(), {"pier": number}))
    answer = wire.post(f"bulk/{first.pk}/resume")
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert now(first).state == BulkState.STOPPED
    browser = signed_in(an_engineer(wire.wire, "p.roy"), Client(HTTP_HOST="localhost"))
    address = f"/en/many-at-once/{first.pk}"
    page = browser.post(f"{address}/change", {"what": "go-on"}, follow=True).content.decode()
    assert "10 files of yours wait already. Try again when one of them is done." in page
    assert "It goes on." not in page
    with acting_as(EVERYTHING):
        done = Upload.objects.filter(state=BulkState.WAITING).first()
    file_some_rows(done.pk)
    assert wire.post(f"bulk/{first.pk}/resume").json()["state"] == "waiting"


def test_a_stop_after_the_last_row_stopped_nothing(wire, monkeypatch):
    upload = taken(wire, lines(a_report()))
    real = working.end_upload

    def stopped_before(found, by):
        stop_upload(upload.pk, by=by)
        real(found, by=by)

    monkeypatch.setattr(working, "end_upload", stopped_before)
    file_some_rows(upload.pk)
    assert (now(upload).state, now(upload).stopped_at) == (BulkState.DONE, None)


def test_another_provider_stops_nothing_of_it(wire):
    upload = taken(wire, lines(a_report()))
    other = a_provider("quay-chat")
    for act in (stop_upload, go_on):
        with pytest.raises(Upload.DoesNotExist):
            act(upload.pk, by=other.provider)
    assert now(upload).state == BulkState.WAITING


def test_a_program_stops_a_file_takes_its_result_and_goes_on(wire):
    source = lines(a_report(), a_report(), a_report())
    bulk = wire.post("bulk", source, HTTP_IDEMPOTENCY_KEY="s-1").json()["bulkId"]
    file_some_rows(Upload(pk=bulk).pk, most=1)
    stopped = wire.post(f"bulk/{bulk}/stop")
    assert (stopped.status_code, stopped.json()["state"]) == (200, "stopped")
    page = wire.get(f"bulk/{bulk}/rows?limit=2").json()
    assert [row["outcome"] for row in page["rows"]] == ["accepted", "not-filed"]
    after = wire.get(f"bulk/{bulk}/rows?after={page['next']}").json()
    assert after["rows"] == [{"row": 3, "outcome": "not-filed"}]
    alone = wire.get(f"bulk/{bulk}/rows?outcome=not-filed").json()
    assert [row["row"] for row in alone["rows"]] == [2, 3]
    answer = wire.get(f"bulk/{bulk}/result", HTTP_ACCEPT_LANGUAGE="fr")
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert table[2] == ["2", "pas déposée", "", ""]
    assert wire.post(f"bulk/{bulk}/resume").json()["state"] == "waiting"
    assert wire.get(f"bulk/{bulk}/result").status_code == 409
    file_some_rows(Upload(pk=bulk).pk)
    assert (wire.get(f"bulk/{bulk}").json()["accepted"], desk()) == (3, 3)


def test_an_engineer_tries_a_file_and_stops_another_and_the_pages_say_so(wire):
    browser = signed_in(an_engineer(wire.wire, "p.roy"), Client(HTTP_HOST="localhost"))
    rows = lines(a_report(), a_report()).decode()
    answer = browser.post("/en/many-at-once", {"pasted": rows, "trial": "on"})
    with acting_as(EVERYTHING):
        trial = Upload.objects.get()
    assert trial.is_trial
    assert "0 of 2 rows are tried" in shown(browser, answer["Location"])
    file_some_rows(trial.pk)
    page = shown(browser, answer["Location"])
    assert "Of 2 rows 2 would be filed and 0 refused" in page
    assert "A trial: nothing is filed." in page
    address = browser.post("/en/many-at-once", {"pasted": rows})["Location"]
    with acting_as(EVERYTHING):
        upload = Upload.objects.get(is_trial=False)
    file_some_rows(upload.pk, most=1)
    browser.post(f"{address}/change", {"what": "stop"})
    page = shown(browser, address)
    assert "1 filed, 0 refused. 1 row is not filed." in page
    assert "watch.js" not in page, "nothing moves here"
    french = shown(browser, address.replace("/en/many-at-once", "/fr/envoi-groupe"))
    assert "1 ligne n\u2019est pas déposée." in french
    assert "stopped" in shown(browser, "/en/many-at-once")
    browser.post(f"{address}/change", {"what": "go-on"})
    assert "1 of 2 rows are done" in shown(browser, address)
    file_some_rows(upload.pk)
    assert desk() == 2


def test_the_page_of_a_stopped_trial_speaks_of_rows_that_were_tried(wire):
    upload = taken(wire, lines(a_report(), {"pier": 1}, a_report()), is_trial=True)
    file_some_rows(upload.pk, most=2)
    stop_upload(upload.pk, by=wire.wire.provider)
    browser = signed_in(an_engineer(wire.wire, "p.roy"), Client(HTTP_HOST="localhost"))
    page = shown(browser, f"/en/many-at-once/{upload.pk}")
    assert "2 of 3 rows are tried: 1 would be filed, 1 refused. 1 row is not tried." in page
    assert "What is filed stays filed." not in page
    assert "1 could be filed" in shown(browser, "/en/many-at-once")


def test_a_page_says_that_a_file_was_stopped_only_when_it_was(wire):
    upload = taken(wire, lines(a_report()))
    file_some_rows(upload.pk)
    browser = signed_in(an_engineer(wire.wire, "p.roy"), Client(HTTP_HOST="localhost"))
    for what in ("stop", "go-on"):
        answer = browser.post(f"/en/many-at-once/{upload.pk}/change", {"what": what}, follow=True)
        page = answer.content.decode()
        assert "Every row was done already. Nothing has changed." in page
        assert "It is stopped." not in page
        assert "It goes on." not in page


def shown(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    assert_sound(answer.content)
    return answer.content.decode()

"""Mirrors: what is finished here goes to a second service, whole, once, and hurts nothing here."""

import socket
from datetime import timedelta

import pytest

from havre.agencies.models import Officer
from havre.agencies.rules.providers import Environment
from havre.audit.rules import Station
from havre.evidence.models import RecordKey
from havre.intake.mirrors.actions import (
    begin_call,
    forget_password,
    read_copy,
    read_mirror,
    send_again,
    stop_copy,
    switch_mirror,
    try_now,
)
from havre.intake.mirrors.models import Answer, Copy, Mirror
from havre.intake.mirrors.rules import WAITS, CopyState
from havre.intake.models import Filing
from havre.plumbing.clock import clock_set_to
from havre.plumbing.context import acting_as
from havre.wiring.sweeps.mirrors import end_old_tests
from tests import make
from tests.pages import assert_sound
from tests.wires.far_side import (
    NOW,
    SECRET,
    WORK,
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
from tests.wires.wire import another

__all__ = ["built", "far", "harbor", "mirror", "service"]  # fixtures


# ------------------------------------------------------------------ what is sent


def test_a_finished_report_arrives_byte_for_byte_with_its_files_and_their_details(
    harbor, far, mirror
):
    source = another()
    with clock_set_to(NOW):
        number = harbor.wire.post("submit", source).report
        file = harbor.wire.upload(number, b"The pier at noon." * 9000).file
        harbor.wire.describe(number, file)
        bare = harbor.wire.upload(number, b"The pier at one.")
        assert bare.code == 0
        harbor.wire.finish(number)
    sweep()

    ((far_number, arrived),) = far.reports.items()
    assert (arrived.state, arrived.document) == ("finished", source)
    first = next(iter(arrived.files))
    assert [content for _name, content in arrived.files.values()] == [
        b"The pier at noon." * 9000,
        b"The pier at one.",
    ]
    assert set(arrived.details) == {first}
    ours = f"<reportId>{number}</reportId><fileId>{file}</fileId>".encode()
    theirs = f"<reportId>{far_number}</reportId><fileId>{first}</fileId>".encode()
    with clock_set_to(NOW):
        told = (
            b"<fileDetails>" + ours + b"<originalFileName>pier.txt</originalFileName>"
            b"<fileViewedByEsp>true</fileViewedByEsp></fileDetails>"
        )
    assert arrived.details[first] == told.replace(ours, theirs)
    assert far.calls == ["submit", "upload", "fileinfo", "upload", "finish"]
    copy = copy_of(number)
    assert (copy.state, copy.far_report) == (CopyState.SENT, str(far_number))
    receipts = [(one.step, one.status, one.code, one.request) for one in answers_of(copy)]
    assert receipts == [(step, 200, 0, f"far-{at}") for at, step in enumerate(far.calls, 1)]
    sweep(NOW + timedelta(days=1))
    assert len(far.calls) == 5, "it is sent once"


def test_what_is_not_finished_or_taken_back_here_goes_nowhere(harbor, far, mirror):
    with clock_set_to(NOW):
        harbor.wire.submit()
        assert harbor.wire.retract(harbor.wire.submit()).code == 0
    sweep()
    assert far.calls == []


@pytest.mark.parametrize("step", ["submit", "upload", "fileinfo", "finish"])
@pytest.mark.parametrize("fault", ["lost", 500, (500, 1100), 401, 429, 302])
def test_whatever_goes_wrong_at_a_step_one_whole_report_arrives(harbor, far, mirror, step, fault):
    far.faults[step] = [fault]
    number = file_one(harbor.wire)
    sweep()
    assert copy_of(number).state == CopyState.WAITING
    assert far.finished() == [] or (step, fault) == ("finish", "lost")
    for minutes in range(1, 4):
        sweep(NOW + timedelta(minutes=minutes))

    assert copy_of(number).state == CopyState.SENT
    (arrived,) = far.finished()
    assert len(arrived.files) == len(arrived.details) == 1
    assert copy_of(number).far_report in {str(each) for each in far.reports}


def test_a_call_whose_answer_nobody_waited_for_may_have_arrived(harbor, far, mirror):
    """The worker was killed between a call and its answer."""
    number = file_one(harbor.wire)
    with clock_set_to(NOW):
        for _ in range(2):
            begun = begin_call(copy_of(number).pk, by=Station.PIPELINE)
    assert begun.step == "submit", "what stays open there ends by itself"
    assert copy_of(number).failed_as == "interrupted"
    sweep(NOW + WAITS[0])
    assert len(far.finished()) == 1


# ------------------------------------------------------------------ what fails


def test_a_side_that_is_down_hurts_nothing_here_and_gets_everything_once_it_is_back(
    harbor, far, mirror
):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        away = f"http://127.0.0.1:{unused.getsockname()[1]}/ispws"
    with acting_as(WORK):
        Mirror.objects.update(url=away)
    numbers = [file_one(harbor.wire) for _ in range(5)]
    moment = NOW
    for tries, pause in enumerate((*WAITS, WAITS[-1]), 1):
        sweep(moment)
        assert max(copy_of(each).tries for each in numbers) <= tries
        moment += pause
    with acting_as(WORK):
        assert Mirror.objects.get().failed_as == "ConnectionRefusedError"
        Mirror.objects.update(url=far.url)
    with clock_set_to(moment):
        assert try_now(by=harbor.engineer) == 5
    sweep(moment)
    assert len(far.finished()) == 5
    with acting_as(WORK):
        assert Mirror.objects.get().failed_as == ""


def test_one_call_and_no_more_is_made_to_a_side_that_does_not_answer(harbor, far, mirror):
    far.faults["submit"] = ["lost"] * 9
    for _ in range(5):
        file_one(harbor.wire, files=0)
    sweep()
    assert len(far.calls) <= 2, "two are out at once, and then it is left alone"


def test_a_copy_that_is_refused_says_why_and_can_be_tried_again(harbor, far, mirror):
    far.faults["submit"] = [(400, 4100)]
    number = file_one(harbor.wire)
    sweep()
    sweep(NOW + timedelta(days=1))
    copy = copy_of(number)
    assert (copy.state, copy.failed_as, far.calls) == ("refused", "code-4100", ["submit"])
    page = shown(harbor.engineer, f"/en/mirror/{copy.pk}")
    assert "found the document faulty" in page
    with clock_set_to(NOW):
        send_again(copy.pk, by=harbor.engineer)
    sweep()
    assert copy_of(number).state == CopyState.SENT


def test_the_state_of_a_report_in_xml_says_how_its_copy_stands(harbor, far, mirror):
    far.faults["submit"] = [(400, 4100)]
    number = file_one(harbor.wire)
    assert told_in_xml(harbor.wire, number) == {"state": "waiting"}
    sweep()
    refused = told_in_xml(harbor.wire, number)
    assert (refused["state"], refused["why"]) == ("refused", "code-4100")
    assert refused["detail"].startswith("The other service found the document faulty.")
    assert "a trouvé le document fautif" in told_in_xml(harbor.wire, number, "fr")["detail"]
    with clock_set_to(NOW):
        send_again(copy_of(number).pk, by=harbor.engineer)
    sweep()
    there = copy_of(number).far_report
    assert told_in_xml(harbor.wire, number) == {"state": "sent", "reportThere": there}
    # What other clients of the wire read holds no place for it.
    assert b"mirror" not in harbor.wire.finish(number).response.content
    assert b"mirror" not in harbor.wire.get("status").response.content


def test_a_report_that_goes_nowhere_else_says_nothing_of_a_mirror(harbor, far):
    assert told_in_xml(harbor.wire, file_one(harbor.wire)) is None


def test_what_is_stopped_is_taken_back_there_and_may_be_sent_anew(harbor, far, mirror):
    far.faults["finish"] = [(500, 1300)]
    number = file_one(harbor.wire)
    sweep()
    pk = copy_of(number).pk
    # It is open there, and may be taken back: its number there is told once it arrived.
    assert told_in_xml(harbor.wire, number).keys() == {"state", "why", "detail"}
    with clock_set_to(NOW):
        stop_copy(pk, by=harbor.engineer)
    sweep(NOW)
    assert copy_of(number).state == CopyState.STOPPED
    assert [one.state for one in far.reports.values()] == ["retracted"]
    with clock_set_to(NOW):
        send_again(pk, by=harbor.engineer)
    sweep()
    assert len(far.finished()) == 1
    with clock_set_to(NOW):
        stop_copy(pk, by=harbor.engineer)
        send_again(pk, by=harbor.engineer)
    sweep()
    assert len(far.finished()) == 1, "what arrived stays there, and is never sent twice"


def test_while_it_is_off_nothing_goes_and_what_waited_goes_on_afterwards(harbor, far, mirror):
    waiting = file_one(harbor.wire)
    with clock_set_to(NOW):
        switch_mirror(is_on=False, by=harbor.engineer)
    file_one(harbor.wire)
    sweep()
    assert far.calls == []
    with clock_set_to(NOW):
        switch_mirror(is_on=True, by=harbor.engineer)
    sweep()
    assert len(far.finished()) == 1
    assert copy_of(waiting).state == CopyState.SENT


def test_neither_a_redirect_nor_a_network_of_ours_is_followed(harbor, far, mirror, settings):
    far.faults["submit"] = [302]
    number = file_one(harbor.wire)
    sweep()
    assert (far.calls, copy_of(number).failed_as) == (["submit"], "http-302")
    settings.PUBLIC_HOST = "havre.example.com"
    sweep(NOW + timedelta(days=1))
    assert far.calls == ["submit"]
    assert copy_of(number).failed_as == "address-not-allowed"
    with acting_as(WORK):
        Mirror.objects.update(url="https://localhost.example.com/ispws")
    typed = {"url": "https://10.0.0.1/ispws", "username": "pier", "password": SECRET}
    answer = make.browser(harbor.engineer).post("/en/mirror", typed)
    assert answer.status_code == 422
    assert "open Internet" in answer.content.decode()


# ------------------------------------------------------------------ keys and walls


def test_a_test_account_s_key_lives_until_its_copy_arrived_and_without_a_mirror_no_moment(
    harbor, far, mirror
):
    with acting_as(WORK):
        harbor.wire.provider.environment = Environment.TEST
        harbor.wire.provider.save()
    number = file_one(harbor.wire)
    filing = copy_of(number).filing_id
    with acting_as(WORK):
        assert RecordKey.objects.filter(record=filing).count() == 1
    with acting_as(make.analyst().context):
        assert not RecordKey.objects.filter(record=filing).exists(), "never the desk's"
    sweep()
    assert len(far.finished()) == 1
    with acting_as(WORK):
        assert not RecordKey.objects.filter(record=filing).exists()

    far.faults["submit"] = [(400, 4100)]
    refused = file_one(harbor.wire)
    sweep()
    with clock_set_to(NOW + timedelta(days=31)):
        end_old_tests()
    assert copy_of(refused).state == CopyState.STOPPED
    with clock_set_to(NOW):
        switch_mirror(is_on=False, by=harbor.engineer)
    number = file_one(harbor.wire)
    with acting_as(WORK):
        last = Filing.objects.get(number=number).pk
        gone = [copy_of(refused).filing_id, last]
        assert not RecordKey.objects.filter(record__in=gone).exists()


def test_the_password_is_shown_to_nobody_and_can_be_destroyed(harbor, far, mirror):
    file_one(harbor.wire)
    sweep()
    assert (
        far.headers[0]["authorization"] == "Basic cGllcjp0aGUgcGFzc3dvcmQgb2YgdGhlIG90aGVyIHNpZGU="
    )
    assert SECRET not in shown(harbor.engineer, "/en/mirror")
    with acting_as(WORK):
        assert SECRET.encode() not in bytes(Mirror.objects.get().password)
    with clock_set_to(NOW):
        forget_password(by=harbor.engineer)
        with pytest.raises(Mirror.DoesNotExist):
            switch_mirror(is_on=True, by=harbor.engineer)
    with acting_as(WORK):
        assert not RecordKey.objects.filter(record=mirror.pk).exists()


def test_another_provider_s_engineer_finds_nothing_of_it(harbor, far, mirror):
    copy = copy_of(file_one(harbor.wire))
    sweep()
    with clock_set_to(NOW):
        assert read_mirror(by=harbor.other).copies == ()
        for act in (read_copy, send_again, stop_copy):
            with pytest.raises(Copy.DoesNotExist):
                act(copy.pk, by=harbor.other)
    with acting_as(harbor.other.context):
        for table in (Answer, Copy, Mirror):
            assert not table.objects.exists()


def shown(officer: Officer, path: str) -> str:
    answer = make.browser(officer).get(path)
    assert answer.status_code == 200, answer.status_code
    assert_sound(answer.content)
    return answer.content.decode()


def test_the_pages_say_what_it_does_not_discharge_and_where_a_receipt_comes_from(
    harbor, far, mirror
):
    numbers = [file_one(harbor.wire, files=0) for _ in range(3)]
    sweep()
    page = shown(harbor.engineer, "/en/mirror")
    assert "18 USC 2258A" in page
    assert "A receipt below comes from the other service" in page
    assert str(numbers[0]) in page
    one = shown(harbor.engineer, f"/fr/miroir/{copy_of(numbers[0]).pk}")
    assert any(f"far-{n}" in one for n in range(1, 7)), "three copies come in any order"
    none = shown(harbor.engineer, "/en/mirror?state=refused")
    assert "No copy fits this choice" in none

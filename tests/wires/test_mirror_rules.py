"""Which step of a copy comes next, and what each answer of the other side means."""

import pytest

from havre.intake.mirrors.rules import (
    WAITS,
    CopyState,
    Outcome,
    Progress,
    Step,
    Told,
    after,
    is_down,
    judged,
    next_step,
    wait_after,
)
from havre.intake.mirrors.wires.calls import (
    NotOfThisWireError,
    details_for,
    media_type_of,
    told_in,
    upload_form,
)
from havre.intake.providers.wires.ispws_answer import Code

OURS = b"<fileDetails><reportId>1</reportId><!-- x --><fileId>ab</fileId></fileDetails>"
THERE = {"far_report": "7", "far_files": ("aa",)}


@pytest.mark.parametrize(
    ("progress", "files", "step"),
    [
        (Progress(), 1, Step.SUBMIT),
        (Progress(far_report="7"), 1, Step.UPLOAD),
        (Progress(**THERE), 1, Step.FILEINFO),
        (Progress(**THERE, described=1), 1, Step.FINISH),
        (Progress(far_report="7"), 0, Step.FINISH),
        (Progress(**THERE, is_unclear=True), 1, Step.RETRACT),
        (Progress(far_report="7", state=CopyState.STOPPING), 1, Step.RETRACT),
        (Progress(state=CopyState.STOPPING), 1, None),
        (Progress(state=CopyState.REFUSED), 1, None),
        (Progress(state=CopyState.SENT, far_report="7"), 1, None),
    ],
)
def test_one_step_comes_next(progress, files, step):
    assert next_step(progress, files) is step


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("code", Code)
def test_no_answer_but_a_success_is_taken_for_one(step, code):
    outcome = judged(step, Told(status=400, code=int(code)))
    is_done_already = step is Step.FINISH and code is Code.ALREADY_FINISHED
    assert (outcome is Outcome.DONE) is is_done_already
    is_known = step is Step.RETRACT and code is Code.ALREADY_FINISHED
    assert (outcome is Outcome.FINISHED) is is_known
    assert judged(step, Told(status=200, code=0)) is Outcome.DONE


@pytest.mark.parametrize(
    ("told", "outcome", "down"),
    [
        (Told(failed_as="ConnectionRefusedError", was_sent=False), Outcome.LATER, True),
        (Told(failed_as="TimeoutError"), Outcome.UNCLEAR, True),
        (Told(status=503), Outcome.UNCLEAR, True),
        (Told(status=500, code=1110), Outcome.UNCLEAR, False),
        (Told(status=200), Outcome.UNCLEAR, True),
        (Told(status=302), Outcome.LATER, True),
        (Told(status=429, code=4000), Outcome.LATER, True),
        (Told(status=401, code=2000), Outcome.LATER, True),
        (Told(status=404, code=1210), Outcome.LATER, True),
        (Told(status=413), Outcome.REFUSED, False),
        (Told(status=200, code=4100), Outcome.REFUSED, False),
        (Told(status=404, code=5001), Outcome.GONE, False),
        (Told(status=409, code=5101), Outcome.GONE, False),
    ],
)
def test_an_answer_to_an_upload_means_this(told, outcome, down):
    assert judged(Step.UPLOAD, told) is outcome
    assert is_down(outcome, told) is down


def test_what_a_stop_finds_finished_there_has_arrived():
    stopping = Progress(far_report="7", state=CopyState.STOPPING)
    finished = after(stopping, Step.RETRACT, Told(status=409, code=5102))
    assert (finished.state, finished.far_report) == (CopyState.SENT, "7")
    taken_back = after(stopping, Step.RETRACT, Told(status=200, code=0))
    assert taken_back == Progress(state=CopyState.STOPPED)
    refused = after(stopping, Step.UPLOAD, Told(status=400, code=4200))
    assert next_step(refused, 1) is Step.RETRACT, "a refusal in between does not end the stopping"


def test_the_last_wait_is_repeated():
    assert [wait_after(tries) for tries in (1, len(WAITS), 99)] == [WAITS[0], WAITS[-1], WAITS[-1]]


def test_details_carry_the_other_side_s_numbers_and_every_other_byte_as_it_came():
    sent = details_for(OURS, report="7000001", file="ffab")
    assert sent == OURS.replace(b">1<", b">7000001<").replace(b">ab<", b">ffab<")
    for other in (b"<report/>", b"no XML", b"<fileDetails><reportId>1</reportId></fileDetails>"):
        with pytest.raises(NotOfThisWireError):
            details_for(other, report="7", file="ff")


def test_an_answer_without_a_number_of_its_own_is_no_success():
    success = b"<reportResponse><responseCode>0</responseCode></reportResponse>"
    assert told_in(Step.SUBMIT, 200, "", success).code is None
    assert told_in(Step.FINISH, 200, "x" * 200, success).request == "x" * 100
    for odd in (b"", b"<html/>", b"<a><responseCode>zero</responseCode></a>", b"\xff"):
        assert told_in(Step.FINISH, 200, "", odd).code is None


def test_a_file_s_form_is_as_long_as_it_says_and_its_name_breaks_no_header():
    size, parts = upload_form(
        "bound", "7", name='a"b\r\nX: y', media_type="text/plain\r\n", size=4, parts=[b"pier"]
    )
    body = b"".join(parts)
    assert len(body) == size
    assert b'filename="a_b__X: y"\r\nContent-Type: application/octet-stream\r\n' in body


def test_a_document_s_bytes_are_read_as_they_came():
    assert media_type_of("<report>é</report>".encode("latin-1")) == "text/xml"

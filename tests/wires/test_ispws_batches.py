"""Batched reports: one file that many accounts sent on, and how little may be said beside it."""

import pytest

from havre.intake.providers.wires.ispws import parse_file_details
from havre.intake.providers.wires.ispws_answer import Code
from tests.wires.test_ispws_each_rule import MEME, batched
from tests.wires.test_ispws_files import details
from tests.wires.test_ispws_parsing import NOW
from tests.wires.wire import a_provider

IN_A_BATCH = {
    "neither viral nor a meme": ("", "fileAnnotations"),
    "another annotation": (
        "<fileAnnotations><viral/><infant/></fileAnnotations>",
        "fileAnnotations/infant",
    ),
    "originalFileName": (f"<originalFileName>a</originalFileName>{MEME}", "originalFileName"),
    "locationOfFile": (
        f"<locationOfFile>https://example.com/a</locationOfFile>{MEME}",
        "locationOfFile",
    ),
    "originalFileHash": (
        f'{MEME}<originalFileHash hashType="MD5">00</originalFileHash>',
        "originalFileHash",
    ),
    "ipCaptureEvent": (
        f"{MEME}<ipCaptureEvent><ipAddress>192.0.2.1</ipAddress></ipCaptureEvent>",
        "ipCaptureEvent",
    ),
    "deviceId": (f"{MEME}<deviceId><idType>a</idType><idValue>b</idValue></deviceId>", "deviceId"),
    "details": (
        f"{MEME}<details><nameValuePair><name>a</name><value>b</value></nameValuePair></details>",
        "details",
    ),
    "additionalInfo": (f"{MEME}<additionalInfo>a</additionalInfo>", "additionalInfo"),
}


@pytest.mark.parametrize("said", IN_A_BATCH)
def test_a_file_of_a_batch_may_say_little(said):
    inside, place = IN_A_BATCH[said]
    faults = parse_file_details(details(inside), now=NOW).faults_in_a_batch
    assert [fault.path for fault in faults] == [f"fileDetails/{place}"]


@pytest.mark.parametrize(
    "said",
    [
        MEME,
        "<potentialMeme>true</potentialMeme>",
        MEME + "<industryClassification>B2</industryClassification>",
    ],
)
def test_a_file_of_a_batch_is_a_meme_or_viral(said):
    assert parse_file_details(details(said), now=NOW).faults_in_a_batch == ()


def test_a_file_of_a_batch_is_no_supplement():
    said = "<fileRelevance>Supplemental Reported</fileRelevance>"
    viral = "<fileAnnotations><viral/></fileAnnotations>"
    faults = parse_file_details(details(said + viral), now=NOW).faults_in_a_batch
    assert [fault.path for fault in faults] == ["fileDetails/fileRelevance"]


def described(wire, number, file, inside):
    said = details(inside, first=f"<reportId>{number}</reportId><fileId>{file}</fileId>")
    return wire.post("fileinfo", said)


@pytest.mark.django_db
def test_only_in_a_batch_the_details_of_a_file_are_held_to_its_rules():
    wire = a_provider()
    alone, batch = wire.submit(), wire.submit(batched())
    for number, code in ((alone, 0), (batch, Code.VALIDATION_FAILED)):
        file = wire.upload(number).file
        said = described(wire, number, file, "<additionalInfo>One of two</additionalInfo>")
        assert said.code == code
    assert "fileAnnotations" in said.description
    assert "additionalInfo" in said.description
    assert described(wire, batch, file, MEME).code == 0
    assert wire.finish(batch).files == [file]


@pytest.mark.django_db
def test_a_batch_with_two_files_is_not_finished_and_can_be_taken_back():
    wire = a_provider()
    number = wire.submit(batched())
    wire.upload(number)
    wire.upload(number)
    said = wire.finish(number)
    assert (said.response.status_code, said.code) == (400, Code.VALIDATION_FAILED)
    assert "one file at most, not 2" in said.description
    assert wire.retract(number).code == 0

"""How good a report is: fixed documents with fixed scores, and that what is named does lift it."""

from dataclasses import replace

import pytest
from lxml import etree

from havre.agencies.actions import change_provider
from havre.audit.rules import Station
from havre.intake.providers.rules.quality import MOST_NAMED, WANTED, WHY, Quality, quality_of
from havre.intake.providers.wires.ispws import is_batched, parse_file_details, parse_report
from havre.intake.rules.submission import Channel, Incident, Submission
from tests.wires.quality_documents import (
    ACCOUNT,
    ADDRESS,
    CHILD,
    CLASS,
    CONTACT,
    DEVICE,
    DOCUMENTS,
    FULL_ADDRESS,
    PLACE,
    PORT,
    STORY,
    UPLOADED,
    URL,
    VIEWED,
    WHEN,
    luring,
    pictures,
)
from tests.wires.specimens import COMPILED
from tests.wires.test_ispws_files import details
from tests.wires.test_ispws_parsing import NOW
from tests.wires.test_ispws_refusals import rows_everywhere
from tests.wires.wire import REPORT, a_provider


def submission(document: bytes, files: tuple[str, ...] = ()) -> Submission:
    facts = tuple(parse_file_details(details(said), now=NOW).facts for said in files)
    return replace(parse_report(document, now=NOW).submission, files=facts)


def quality(document: bytes, files: tuple[str, ...] = ()) -> Quality:
    told = submission(document, files)
    return quality_of(told, is_batched=is_batched(told))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_twenty_documents_have_the_scores_of_the_table(name):
    document, files, score, why = DOCUMENTS[name]
    assert quality(document, files).score == score, why


def test_the_table_holds_twenty_documents():
    assert len(DOCUMENTS) == 20


# A document that lacks a field, its files, and the same with the field.
FILLED = {
    "ipCaptureEvent": (luring(ACCOUNT), (), luring(ACCOUNT + ADDRESS.format("")), ()),
    "ipCaptureEvent/dateTime": (luring(ADDRESS.format("")), (), luring(ADDRESS.format(WHEN)), ()),
    "ipCaptureEvent/port": (luring(ADDRESS.format("")), (), luring(ADDRESS.format(PORT)), ()),
    "espIdentifier": (luring(FULL_ADDRESS), (), luring(ACCOUNT + FULL_ADDRESS), ()),
    "email": (luring(ACCOUNT), (), luring(CONTACT + ACCOUNT), ()),
    "content": (luring(ACCOUNT), (), luring(ACCOUNT, story=STORY), ()),
    "victim": (luring(ACCOUNT), (), luring(ACCOUNT, after=CHILD), ()),
    "estimatedLocation": (luring(ACCOUNT), (), luring(ACCOUNT + PLACE), ()),
    "deviceId": (luring(ACCOUNT), (), luring(ACCOUNT + DEVICE), ()),
    "profileUrl": (luring(ACCOUNT), (), luring(ACCOUNT + URL), ()),
    "file": (pictures(ACCOUNT), (), pictures(ACCOUNT), ("",)),
    "fileViewedByEsp": (pictures(ACCOUNT), ("",), pictures(ACCOUNT), (VIEWED,)),
    "industryClassification": (pictures(ACCOUNT), ("",), pictures(ACCOUNT), (CLASS,)),
    "uploadedToEspTimestamp": (pictures(ACCOUNT), ("",), pictures(ACCOUNT), (UPLOADED,)),
}


@pytest.mark.parametrize("field", FILLED)
def test_filling_a_field_that_is_named_as_missing_raises_the_score(field):
    before, files, after, more_files = FILLED[field]
    without, filled = quality(before, files), quality(after, more_files)
    assert field in without.missing
    assert field not in filled.missing
    assert filled.score > without.score


def test_every_field_that_can_be_missing_is_tried():
    assert set(FILLED) == {wanted.field for wanted in WANTED}
    assert all(wanted.why.endswith(".") for wanted in WANTED)


def test_the_header_names_the_weightiest_first_and_not_too_many():
    told = quality(luring())
    assert told.header == (
        "0; missing=ipCaptureEvent,ipCaptureEvent/dateTime,espIdentifier,email,content"
    )
    assert len(told.missing) > MOST_NAMED
    assert Quality(100, ()).header == "100"


@pytest.mark.django_db
def test_each_answer_carries_the_score_and_the_finish_knows_the_files():
    wire = a_provider()
    said = wire.post("submit", pictures(ACCOUNT + FULL_ADDRESS))
    assert said.response["X-Report-Quality"].startswith("44; missing=file,")
    file = wire.upload(said.report).file
    wire.describe(said.report, file)
    done = wire.finish(said.report).response
    score, _, missing = done["X-Report-Quality"].partition("; missing=")
    assert int(score) > 53
    assert "fileViewedByEsp" not in missing
    state = wire.client.get(f"/ispws/reports/{said.report}", HTTP_AUTHORIZATION=wire.basic)
    assert f"<quality>{score}</quality>" in state.content.decode()


@pytest.mark.django_db
def test_a_provider_that_wants_no_score_is_told_none():
    wire = a_provider()
    change_provider(wire.provider, wants_quality=False, by=Station.SET_UP)
    assert "X-Report-Quality" not in wire.post("submit", REPORT).response


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("document", "code"),
    [
        (REPORT, "0"),
        (details(), "0"),
        (b"<supplement><reportId>7</reportId>" + REPORT[39:] + b"</supplement>", "0"),
        (REPORT.replace(b"Online", b"Harbor"), "4100"),
        (b"<harbor/>", "4100"),
        (b"<report", "4110"),
    ],
)
def test_a_document_is_checked_without_filing_it(document, code):
    wire = a_provider()
    before = rows_everywhere()
    answer = wire.client.post(
        "/ispws/check", document, content_type="text/xml", HTTP_AUTHORIZATION=wire.basic
    )
    told = etree.fromstring(answer.content)
    COMPILED.assertValid(told)
    assert (answer.status_code, told.findtext("responseCode")) == (200, code)
    assert bool(told.findall("problem")) is (code != "0")
    assert rows_everywhere() == before


@pytest.mark.django_db
def test_a_check_says_what_filing_would_and_what_is_missing():
    wire = a_provider()
    answer = wire.client.post(
        "/ispws/check", luring(), content_type="text/xml", HTTP_AUTHORIZATION=wire.basic
    )
    told = etree.fromstring(answer.content)
    assert told.findtext("quality") == "0"
    assert told.findtext("missing/field") == "ipCaptureEvent"
    assert told.findtext("missing/why") == "An Internet address is what a subscriber is found by."


def test_whoever_sent_too_few_words_is_told_how_many_it_takes():
    """Else a field that was filled stands there as missing, and nobody knows why."""
    said = " ".join(["word"] * 7)
    short, enough = (
        quality_of(Submission(channel=Channel.ISPWS, language="en", incidents=(incident,)))
        for incident in (Incident(narrative=said), Incident(narrative=f"{said} more"))
    )
    assert "content" in short.missing
    assert "content" not in enough.missing
    assert "eight at least" in WHY["content"]

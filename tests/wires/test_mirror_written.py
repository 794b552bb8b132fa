"""What came otherwise than as XML is written as the wire for a mirror, and says so."""

import json
from datetime import UTC, datetime

import pytest
from lxml import etree

from havre.intake.jsondoor.wires.tree import InvalidDocument, read_report
from havre.intake.mirrors.rules import Remark, Step
from havre.intake.mirrors.wires.calls import NotOfThisWireError, fields_named, told_in
from havre.intake.mirrors.wires.written import details_from, details_of, report_for
from havre.intake.providers.wires.ispws import parse_file_details, parse_report
from havre.intake.xarf.wires.documents import read_xarf
from tests.wires.far_side import said
from tests.wires.in_json import in_json
from tests.wires.json_door import a_report
from tests.wires.specimens import COMPILED, specimens
from tests.wires.wire import REPORT
from tests.wires.xarf import CSAM, CSEM

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SUMMARY = {
    "incidentType": "Online Enticement of Children for Sexual Acts",
    "incidentDateTime": "2026-11-01T10:00:00Z",
}
# Attributes that are written elsewhere than where a document may have them.
MOVED = ("/@accountType", "associatedAccount/@thirdPartyUser", "lawEnforcement/@fleaCountry")
BATCH = b"""<supplement><reportId>1</reportId><report>
<batchedReport reason="VIRAL_POTENTIAL_MEME"/><incidentSummary>
<incidentType>Online Enticement of Children for Sexual Acts</incidentType>
<incidentDateTime>2026-11-01T10:00:00Z</incidentDateTime></incidentSummary>
<reporter><reportingPerson><email>desk@example.com</email></reportingPerson></reporter>
</report></supplement>"""


def tree(document: bytes) -> etree._Element:
    root = etree.fromstring(document)
    assert COMPILED.validate(root), COMPILED.error_log.last_error
    return root


def written(raw: object, **more: str) -> tuple[etree._Element, tuple[Remark, ...]]:
    document, remarks = report_for(json.dumps(raw).encode(), **more, now=NOW)
    return tree(document), remarks


@pytest.mark.parametrize(
    ("root", "read"), [("report", parse_report), ("fileDetails", parse_file_details)]
)
def test_every_document_that_json_can_hold_is_written_by_our_schema_and_says_the_same(root, read):
    """Each element and attribute of the schema, as JSON, then as XML again."""
    count = 0
    for specimen in specimens(root):
        raw = in_json(specimen.document) if specimen.is_valid else None
        if raw is None:
            continue
        source = json.dumps(raw).encode()
        if root == "report":
            try:
                read_report(raw, now=NOW)
            except InvalidDocument:
                continue  # what XML alone can say, such as a time with a blank before it
            document = report_for(source, now=NOW)[0]
        else:
            document = details_from(source, report="7855763", file="ab12", now=NOW)
        tree(document)
        before, after = read(specimen.document, now=NOW), read(document, now=NOW)
        if not any(name in specimen.about for name in MOVED):
            assert_same(before, after, specimen.about)
        count += 1
    assert count > 100


def assert_same(before, after, about: str) -> None:
    if hasattr(before, "submission"):
        first, second = before.submission, after.submission
        assert (first.people, first.incidents) == (second.people, second.incidents), about
    else:
        assert before.facts.hashes == after.facts.hashes, about
        assert before.facts.identifiers == after.facts.identifiers, about


def test_xml_stays_byte_for_byte_and_json_is_held_against_the_schema():
    assert report_for(REPORT, now=NOW) == (REPORT, ())
    root, remarks = written(a_report(additionalInfo="a < b & c\r\n\u00e9"))
    assert remarks == (Remark.FROM_JSON,)
    assert root.findtext("additionalInfo") == "a < b & c\r\n\u00e9"


def test_what_is_read_in_two_places_is_written_where_the_published_schema_has_it():
    account = {"accountType": "Linked", "thirdPartyUser": True, "espService": "Pier Mail"}
    asked = {"agencyName": "Pier Police", "fleaCountry": "FR"}
    root, _ = written(
        a_report(
            personOrUserReported=[{"associatedAccount": [account]}],
            lawEnforcement=asked | {"servedLegalProcessInternational": {"value": True}},
        )
    )
    (found,) = root.iter("associatedAccount")
    assert dict(found.attrib) == {"type": "Linked"}
    assert found.find("platform").attrib == {"thirdPartyUser": "true"}
    assert root.find("lawEnforcement").attrib == {}
    served = root.find("lawEnforcement/servedLegalProcessInternational")
    assert served.attrib == {"fleaCountry": "FR"}
    root, _ = written(a_report(lawEnforcement=asked))
    assert root.findtext("additionalInfo").endswith("\n\nlawEnforcement/@fleaCountry: FR")
    pairs = [{"name": "Make", "value": "Pier", "type": "EXIF"}, {"name": "md5", "value": "0"}]
    raw = json.dumps({"details": [{"nameValuePair": pairs}]}).encode()
    root = tree(details_from(raw, report="7", file="ab", now=NOW))
    assert [dict(one.attrib) for one in root.iter("details")] == [{"type": "EXIF"}, {}]


def test_a_lenient_provider_s_report_is_written_for_a_strict_reader():
    summary = SUMMARY | {"incidentDateTime": "2026-11-01T10:00:00"}
    root, _ = written(a_report(incidentSummary=summary))
    assert root.findtext("incidentSummary/incidentDateTime") == "2026-11-01T10:00:00Z"


def test_a_row_of_a_table_is_written_as_the_report_that_it_made():
    head = "incidentSummary.incidentType,incidentSummary.incidentDateTime,"
    head += "reporter.reportingPerson.email,personOrUserReported.screenName\r\n"
    row = f'{SUMMARY["incidentType"]},2026-11-01T10:00:00Z,desk@example.com,"dock, master"\r\n'
    document, remarks = report_for((head + row).encode(), now=NOW)
    assert tree(document).findtext("personOrUserReported/screenName") == "dock, master"
    assert remarks == (Remark.FROM_TABLE,)


@pytest.mark.parametrize("kind", [CSEM, CSAM])
def test_xarf_is_written_whole_and_what_has_no_field_stands_in_words(kind):
    root, remarks = written({**kind, "_internal": {"note": "for us alone"}})
    assert remarks == (Remark.FROM_XARF,)
    assert root.findtext("internetDetails/webPageIncident/url") == CSEM["url"]
    assert root.findtext("personOrUserReported/ipCaptureEvent/ipAddress") == "192.0.2.7"
    told = root.findtext("additionalInfo")
    assert f"xarf/report_id: {CSEM['report_id']}" in told
    wanted = "xarf/classification: A1" if kind is CSAM else "xarf/tags[1]: campaign:pier"
    assert wanted in told
    assert b"for us alone" not in etree.tostring(root)


def test_what_a_field_of_the_wire_does_not_hold_of_xarf_stands_in_words_too():
    who = {**CSEM["reporter"], "org": "Pier " + "P" * 150, "domain": "pier.example.com"}
    document = {**CSEM, "reporter": who, "source_identifier": "chat.example.com"}
    root, _ = written(document)
    told = root.findtext("additionalInfo").splitlines()
    for line in (
        f"xarf/reporter/org: {who['org']}",
        "xarf/reporter/domain: pier.example.com",
        "xarf/sender/contact: safety@example.com",
        "xarf/source_port: 50123",
    ):
        assert line in told
    held = read_xarf(document, source=b"{}", now=NOW).document.submission.extra
    assert dict(held)["xarf/source_port"] == "50123"
    whole, _ = written(CSEM)
    assert whole.findtext("personOrUserReported/ipCaptureEvent/port") == "50123"
    assert whole.findtext("additionalInfo").count("xarf/reporter") == 1, "the domain alone"
    assert "xarf/source_port" not in whole.findtext("additionalInfo")


def test_what_is_known_of_evidence_is_its_details():
    root = tree(
        details_of({"classification": "A1", "notes": "Told."}, report="7", file="ab", now=NOW)
    )
    assert root.findtext("industryClassification") == "A1"
    assert root.findtext("additionalInfo") == "Told."


def test_a_supplement_is_a_new_report_that_names_the_first_at_whom_it_reports():
    root, remarks = written(a_report(), adds_to="7000001")
    assert remarks == (Remark.FROM_JSON, Remark.NEW_REPORT)
    assert root.findtext("personOrUserReported/priorCTReports") == "7000001"
    assert root.findtext("additionalInfo").endswith(
        "This adds to report 7000001, which was sent before."
    )
    root, _ = written(a_report(personOrUserReported=[]), adds_to="7000001")
    assert root.find("personOrUserReported") is None, "nobody is made a suspect by it"
    assert "7000001" in root.findtext("additionalInfo")
    xml = b"<supplement><reportId>1</reportId>" + REPORT.partition(b"?>")[2] + b"</supplement>"
    document, remarks = report_for(xml, adds_to="7000001", now=NOW)
    assert tree(document).tag == "report"
    assert remarks == (Remark.NEW_REPORT,)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (BATCH, "supplement"),
        (b"{}", "not-xml"),
        (b'{"pier": 1}', "not-xml"),
        (b"{", "not-xml"),
        (b"pier\n1\n", "not-xml"),
        (b"<supplement/>", "not-xml"),
        (b"<report", "not-xml"),
    ],
)
def test_what_cannot_be_written_says_why(source, code):
    with pytest.raises(NotOfThisWireError) as caught:
        report_for(source, adds_to="7", now=NOW)
    assert str(caught.value) == code


@pytest.mark.parametrize(
    "source", [b"{", b"[]", b'{"pier": 1}', b'{"industryClassification": "Z"}']
)
def test_details_that_cannot_be_written_say_so(source):
    with pytest.raises(NotOfThisWireError, match="details-unreadable"):
        details_from(source, report="7", file="ab", now=NOW)


def test_a_refusal_names_fields_and_nothing_of_what_stood_in_them():
    told = (
        "report/reporter/reportingPerson/email (line 9): is missing; "
        "report/personOrUserReported[2]/associatedAccount/@type (line 12): Saturday/pier is not"
        " known; "
        "cvc-complex-type.2.4.a: One of '{incidentSummary}' is expected, not 'content'."
    )
    assert fields_named(told) == (
        "report/reporter/reportingPerson/email",
        "report/personOrUserReported[2]/associatedAccount/@type",
        "incidentSummary",
    )
    refusal = said(4100, responseDescription=told).encode()
    assert told_in(Step.SUBMIT, 400, "", refusal).fields == fields_named(told)
    assert (
        told_in(Step.SUBMIT, 200, "", said(0, reportId=7, responseDescription=told).encode()).fields
        == ()
    )

"""One semantics: whatever the XML wire takes or refuses, the JSON door takes or refuses as well."""

import pytest
from django.utils.translation import override

from havre.intake.jsondoor.wires.checks import checked_details, checked_report
from havre.intake.jsondoor.wires.schema import schemas
from havre.intake.jsondoor.wires.tree import (
    InvalidDocument,
    Reading,
    _node,
    in_pointers,
    read_file_details,
    read_report,
)
from havre.intake.jsondoor.wording import OF_THE_WIRE
from havre.intake.providers.wires.ispws import InvalidReport, Problem, is_batched
from havre.intake.providers.wires.ispws_grammar import REPORT
from tests.wires.in_json import fits, in_json
from tests.wires.json_door import a_report
from tests.wires.specimens import specimens
from tests.wires.test_ispws_each_rule import BOTH_TAKEN, RULES, batched, read
from tests.wires.test_ispws_parsing import NOW

# What XML alone can get wrong: JSON has no order, its objects hold no text of their own, and a
# flag that is false says nothing there.
OF_XML = ("must stand before", "holds elements only", "holds text only", "must be empty or true")


def read_json(raw, document: bytes, *, lenient: bool = False):
    if document.startswith(b"<fileDetails"):
        return read_file_details(raw, report=7, file_id="ab12", now=NOW, lenient=lenient)
    return read_report(raw, now=NOW, lenient=lenient)


def faults_of(raw, **options) -> dict[str, str]:
    with pytest.raises(InvalidDocument) as refused:
        read_report(raw, now=NOW, **options)
    return dict(refused.value.faults)


def refused_by_xml(document: bytes) -> tuple[Problem, ...]:
    try:
        read(document)
    except InvalidReport as error:
        return error.problems
    return ()


def compare(document: bytes, raw: object, schema: str) -> str:
    """What differs between the two doors about a document; "" when nothing does."""
    problems = refused_by_xml(document)
    said_of_xml_alone = [one for one in problems if any(words in one.reason for words in OF_XML)]
    try:
        told = read_json(raw, document)
    except InvalidDocument as error:
        return "" if problems else f"JSON refuses: {error}"
    if problems:
        return "" if len(said_of_xml_alone) == len(problems) else f"XML refuses: {problems}"
    same = read(document)
    if schema == "FileDetails":
        is_same = (told.facts, told.warnings) == (same.facts, same.warnings)
    else:
        is_same = told == same
    if not is_same:
        return f"read otherwise: {told} {same}"
    return "" if fits(raw, schemas()[schema]) else "taken, but does not fit the schema"


@pytest.mark.parametrize(("root", "schema"), [("report", "ReportDocument")])
def test_every_element_attribute_and_limit_is_read_alike_at_both_doors(root, schema):
    compared = 0
    differing = []
    for specimen in specimens(root):
        found = compare(specimen.document, in_json(specimen.document), schema)
        compared += 1
        if found:
            differing.append((specimen.about, found[:300]))
    assert compared > 500
    assert differing == []


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_holds_at_both_doors_and_names_the_same_places(rule):
    keeps, breaks, _place = RULES[rule]
    schema = "FileDetails" if keeps.startswith(b"<fileDetails") else "ReportDocument"
    assert compare(keeps, in_json(keeps), schema) == ""
    raw, problems = in_json(breaks), refused_by_xml(breaks)
    if rule in BOTH_TAKEN or all(any(w in one.reason for w in OF_XML) for one in problems):
        return
    with pytest.raises(InvalidDocument) as refused:
        read_json(raw, breaks)
    assert all(at.startswith("/") and reason for at, reason in refused.value.faults)


def test_every_fault_is_named_at_once_with_its_pointer():
    raw = a_report(
        incidentSummary={"incidentType": 3, "incidentDateTime": "soon", "pier/1": 1},
        victim={"victimPerson": {}},
        intendedRecipient=[{"intendedRecipientPerson": {"age": 151}}, "dock_master"],
        personOrUserReported=[
            {"associatedAccount": [{"platform": {"value": "a" * 257, "thirdPartyUser": "no"}}]}
        ],
    )
    del raw["reporter"]
    assert faults_of(raw) == {
        "/incidentSummary/incidentType": "must be text",
        "/incidentSummary/incidentDateTime": "must be a date and time such as 2026-11-01T10:00:00Z",
        "/incidentSummary/pier~11": "is not known inside incidentSummary",
        "/victim": "must be a list",
        "/intendedRecipient/0/intendedRecipientPerson/age": (
            "must be a whole number from 0 to 150"
        ),
        "/intendedRecipient/1": "must be an object",
        "/personOrUserReported/0/associatedAccount/0/platform/value": (
            "has 257 characters; at most 256 are allowed"
        ),
        "/personOrUserReported/0/associatedAccount/0/platform/thirdPartyUser": (
            "must be true or false"
        ),
        "/personOrUserReported/0/associatedAccount/0/type": "is missing",
        "/reporter": "is missing",
    }


@pytest.mark.parametrize("raw", [None, [], "report", 7, True])
def test_what_is_no_object_is_no_report(raw):
    assert faults_of(raw) == {"": "must be an object"}
    assert not checked_details(raw, now=NOW).would_be_taken


def reasons_of_the_wire() -> set[str]:
    documents = [breaks for _keeps, breaks, _place in RULES.values()]
    documents += [one.document for one in specimens("report")]
    return {one.reason for document in documents for one in refused_by_xml(document)}


def test_every_reason_that_a_document_can_be_refused_for_is_said_in_french():
    found = {reason for reason in reasons_of_the_wire() if not any(w in reason for w in OF_XML)}
    found |= set(faults_of([]).values()) | set(
        faults_of({"victim": 1, "additionalInfo": 1}).values()
    )
    assert len(found) > 40
    with override("fr"):
        untold = sorted(reason for reason in found if OF_THE_WIRE.said(reason) == reason)
        told = OF_THE_WIRE.said("has 300 characters; at most 255 are allowed")
    assert untold == []
    assert told == "compte 300 caractères; 255 au plus sont permis"
    assert OF_THE_WIRE.said("has no template") == "has no template"


@pytest.mark.parametrize(
    "raw",
    [
        a_report(**{f"pier {n}": n for n in range(20_000)}),
        a_report(victim=[None] * 20_000),
        a_report(victim=[{"pier": n} for n in range(20_000)]),
    ],
)
def test_a_document_of_nothing_but_faults_costs_a_hundred_of_them(raw):
    nodes = Reading()
    _node(raw, "report", REPORT, path="report", at="", reading=nodes)
    assert len(nodes.pointers) < 300
    assert 50 < len(faults_of(raw)) <= 100


def test_null_is_refused_and_not_taken_for_nothing():
    assert faults_of(a_report(additionalInfo=None)) == {"/additionalInfo": "must be text"}
    assert "/victim/0" in faults_of(a_report(victim=[None]))


def test_a_whole_number_is_one_however_json_writes_it():
    person = {"victimPerson": {"age": 13.0}}
    told = read_report(a_report(victim=[person]), now=NOW)
    assert [one.age for one in told.submission.people if one.role == "victim"] == [13]
    for age in (13.5, True, "13", 10**30):
        person["victimPerson"]["age"] = age
        assert list(faults_of(a_report(victim=[person]))) == ["/victim/0/victimPerson/age"]


def test_a_false_flag_says_nothing():
    raw = a_report()
    raw["incidentSummary"]["reportAnnotations"] = {"spam": False, "sextortion": True}
    (incident,) = read_report(raw, now=NOW).submission.incidents
    assert incident.annotations == ("sextortion",)


def test_a_lenient_reading_warns_as_the_wire_does():
    raw = a_report()
    raw["incidentSummary"]["incidentDateTime"] = "2026-11-01T10:00:00"
    assert "/incidentSummary/incidentDateTime" in faults_of(raw)
    told = read_report(raw, now=NOW, lenient=True)
    assert told.warnings == (
        "report/incidentSummary/incidentDateTime: a time without a zone was read as UTC",
    )


def test_a_batched_report_is_one_at_both_doors():
    told = read_report(in_json(batched()), now=NOW)
    assert is_batched(told.submission)


def test_the_ids_of_a_file_are_said_by_its_address_alone():
    with pytest.raises(InvalidDocument) as refused:
        read_file_details({"reportId": 1}, report=7, file_id="ab12", now=NOW)
    assert refused.value.faults == (("/reportId", "is said by the address"),)


def test_a_path_of_the_wire_that_was_found_late_is_told_as_a_pointer():
    error = InvalidReport((Problem("fileDetails/additionalInfo[2]", 1, "cannot stand here"),))
    assert in_pointers(error) == (("/additionalInfo/1", "cannot stand here"),)


def test_a_check_tells_what_filing_would_have_come_to():
    good = checked_report(a_report(), now=NOW)
    assert good.would_be_taken
    assert good.quality.score == 22
    assert good.quality.missing[0].field == "ipCaptureEvent"
    bad = checked_report({}, now=NOW)
    assert [one.pointer for one in bad.errors] == ["/incidentSummary", "/reporter"]
    assert checked_details({"fileViewedByEsp": True}, now=NOW).would_be_taken

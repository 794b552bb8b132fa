"""Our schema and our reading agree on every element, attribute and limit that the wire has."""

from datetime import UTC, datetime

import pytest
from lxml import etree

from havre.intake.providers.wires.ispws import InvalidReport, parse_file_details, parse_report
from havre.intake.providers.wires.ispws_answer import Code, answer
from tests.wires.specimens import COMPILED, SCHEMA, XS, specimens, spots

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
READERS = {"report": parse_report, "fileDetails": parse_file_details}


def is_read(root: str, document: bytes) -> str:
    """ "" when our reading takes a document, else what it says."""
    try:
        READERS[root](document, now=NOW)
    except InvalidReport as refused:
        return str(refused)
    return ""


@pytest.mark.parametrize("root", READERS)
def test_every_element_attribute_and_limit_has_a_valid_and_a_broken_document(root, capsys):
    taken, refused, wrong = set(), set(), []
    count = 0
    for specimen in specimens(root):
        count += 1
        tree = etree.fromstring(specimen.document)
        by_schema, said = COMPILED.validate(tree), is_read(root, specimen.document)
        if by_schema != specimen.is_valid:
            wrong.append(f"schema: {specimen.about}: {COMPILED.error_log.last_error}")
        if (said == "") != specimen.is_valid:
            wrong.append(f"reading: {specimen.about}: {said or 'was taken'}")
        place = specimen.about.split(" ")[0].rstrip(":")
        (taken if specimen.is_valid else refused).add(place)
    every = {spot.path for spot in spots(root)}
    attributes = {place for place in taken if "/@" in place}
    with capsys.disabled():
        print(
            f"\n{root}: {len(every)} places of elements and {len(attributes)} of attributes;"
            f" {count} documents, {len(taken)} places taken, {len(refused)} broken"
        )
    assert wrong == []
    assert every <= taken
    assert attributes <= refused
    # Plain text without a limit cannot be broken by itself, so its neighbours are.
    assert every - refused <= {root}


def test_every_name_of_the_schema_is_reached():
    reached = {spot.declaration for root in READERS for spot in spots(root)}
    answers = {"supplement", "reportResponse", "reportDoneResponse", "fileList"}
    answers |= {"reportStateResponse", "checkResponse", "problem", "missing"}
    answers |= {"noticesResponse", "notice", "mirror"}
    for kind in SCHEMA.iter(f"{XS}complexType"):
        if kind.get("name") not in answers:
            assert set(kind.iter(f"{XS}element")) <= reached, kind.get("name")


@pytest.mark.parametrize("code", Code)
def test_every_answer_keeps_to_the_schema(code):
    said = answer(code, report=7855763, file_id="ab12", hash="00ff")
    COMPILED.assertValid(etree.fromstring(said))


@pytest.mark.parametrize("files", [(), ("ab12",), ("ab12", "cd34")])
def test_the_answer_to_a_finish_keeps_to_the_schema(files):
    said = answer(Code.SUCCESS, report=7855763, files=files, done=True)
    COMPILED.assertValid(etree.fromstring(said))

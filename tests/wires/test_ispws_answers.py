import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from havre.intake.providers.wires.ispws_answer import (
    DESCRIPTIONS,
    Code,
    answer,
    http_status,
    new_file_id,
)

STATUSES = {
    0: 200,
    1000: 500,
    1100: 500,
    1110: 500,
    1111: 500,
    1210: 404,
    1300: 500,
    2000: 401,
    3000: 403,
    3100: 403,
    3300: 403,
    4000: 400,
    4100: 400,
    4110: 400,
    4200: 400,
    5001: 404,
    5002: 404,
    5101: 409,
    5102: 409,
}


def test_every_code_has_a_status_and_a_description():
    assert {int(code): http_status(code) for code in Code} == STATUSES
    assert set(DESCRIPTIONS) == set(Code)


def test_a_submitted_report_is_answered_with_its_number():
    assert answer(Code.SUCCESS, report=4564654) == (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        b"<reportResponse><responseCode>0</responseCode>"
        b"<responseDescription>Success</responseDescription>"
        b"<reportId>4564654</reportId></reportResponse>"
    )


def test_an_uploaded_file_is_answered_with_its_id_and_hash():
    root = etree.fromstring(answer(Code.SUCCESS, report=7, file_id="ab" * 16, hash="cd" * 16))

    assert [(child.tag, child.text) for child in root][2:] == [
        ("reportId", "7"),
        ("fileId", "ab" * 16),
        ("hash", "cd" * 16),
    ]


@pytest.mark.parametrize("files", [None, [], ["aa", "bb"]])
def test_a_finished_report_is_answered_with_its_files(files):
    root = etree.fromstring(answer(Code.SUCCESS, report=7, files=files, done=True))

    assert root.tag == "reportDoneResponse"
    assert [child.tag for child in root] == ["responseCode", "reportId", "files"]
    assert [one.text for one in root.find("files")] == (files or [])


def test_a_description_is_carried_whole_and_never_breaks_the_xml():
    said = 'line 3: <b> & "c" \x00\x0b\r\n'
    root = etree.fromstring(answer(Code.VALIDATION_FAILED, description=said))

    assert root.findtext("responseDescription") == 'line 3: <b> & "c" \ufffd\ufffd\r\n'


@given(st.binary(min_size=16, max_size=20))
def test_a_file_id_is_never_a_number(random_bytes):
    file_id = new_file_id(random_bytes)

    assert len(file_id) == 32
    assert set(file_id) <= set("0123456789abcdef")
    with pytest.raises(ValueError, match="could not convert"):
        float(file_id)


@pytest.mark.parametrize("digits", ["1" * 32, "1e5" + "0" * 29, "0" * 32, "e" * 32])
def test_digits_that_look_like_a_number_get_a_letter(digits):
    assert any(letter in new_file_id(bytes.fromhex(digits)) for letter in "abcdf")


def test_a_file_id_needs_sixteen_random_bytes():
    with pytest.raises(ValueError, match="16 random bytes"):
        new_file_id(bytes(15))

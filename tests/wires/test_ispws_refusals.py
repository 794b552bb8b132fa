"""The provider's door: what it refuses, with which code, and that nothing is left behind."""

import base64

import pytest
from django.db import connection
from django.test import Client

from havre.audit.rules import Station
from havre.intake.providers.wires.ispws_answer import Code
from havre.plumbing.context import acting_as
from tests.wires.wire import DETAILS, FORM, REPORT, Wire, a_provider, form, read

pytestmark = pytest.mark.django_db

URLENCODED = "application/x-www-form-urlencoded"
LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "harbor"}">' for n in range(12)
).encode()
HOSTILE = {
    "a DOCTYPE": b'<!DOCTYPE report [<!ENTITY pier "noon">]>' + REPORT[39:],
    "entities that grow": b"<!DOCTYPE report [" + LAUGHS + b"]><report>&l11;</report>",
    "a file of ours": b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><report>&x;</report>',
    "an address of others": b'<!DOCTYPE r SYSTEM "http://192.0.2.1/x.dtd"><report/>',
    "deep": b"<report>" * 5_000 + b"</report>" * 5_000,
    "many": b"<report>" + b"<a/>" * 250_000 + b"</report>",
    "a NUL": REPORT.replace(b"Saturday", b"Satur\x00day"),
    "another encoding": REPORT.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
    "cut short": REPORT[:-20],
    "nothing": b"",
    "no XML": b"He asked me to meet on Saturday.",
    "too long": b"<report>" + b" " * 8_400_000 + b"</report>",
}


@pytest.fixture
def wire() -> Wire:
    return a_provider()


def rows_everywhere() -> dict[str, int]:
    """How many rows every table of ours holds."""
    counts = {}
    with acting_as(Station.PIPELINE.context), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            (counts[table],) = cursor.fetchone()
    return counts


@pytest.mark.parametrize("trick", HOSTILE)
@pytest.mark.parametrize("path", ["submit", "fileinfo"])
def test_hostile_xml_is_refused_and_nothing_is_stored(wire, path, trick):
    before = rows_everywhere()
    said = wire.post(path, HOSTILE[trick])
    assert said.code == Code.MALFORMED_XML
    assert said.response.status_code == (413 if trick == "too long" else 400)
    assert rows_everywhere() == before


def test_a_document_with_faults_is_told_all_of_them_and_nothing_is_stored(wire):
    before = rows_everywhere()
    said = wire.post(
        "submit", REPORT.replace(b"Online Enticement", b"Harbor").replace(b"-05:00", b"")
    )
    assert (said.code, said.response.status_code) == (Code.VALIDATION_FAILED, 400)
    assert "incidentType" in said.description
    assert "incidentDateTime" in said.description
    assert rows_everywhere() == before


@pytest.mark.parametrize(
    "shown",
    [
        "",
        "Basic",
        "Basic !!!",
        "Basic " + base64.b64encode(b"\xff\xfe:x").decode(),
        "Basic " + base64.b64encode(b"example-chat").decode(),
        "Basic " + base64.b64encode(b"example-chat:wrong").decode(),
        "Bearer {key}",
    ],
)
@pytest.mark.parametrize("path", ["status", "submit", "upload", "fileinfo", "finish", "retract"])
def test_whoever_shows_no_key_is_asked_for_one(wire, path, shown):
    shown = shown.format(key=wire.basic.removeprefix("Basic "))
    said = wire.post(path, REPORT, HTTP_AUTHORIZATION=shown)
    assert (said.code, said.response.status_code) == (Code.AUTHENTICATION_REQUIRED, 401)
    assert said.response["WWW-Authenticate"] == 'Basic realm="ESP Web Services"'


@pytest.mark.parametrize("path", ["submit", "upload", "fileinfo", "finish", "retract"])
def test_another_method_is_refused_and_told_the_right_one(wire, path):
    said = wire.get(path)
    assert (said.code, said.response.status_code) == (Code.INVALID_REQUEST, 405)
    assert said.response["Allow"] == "POST"


@pytest.mark.parametrize(
    "path", ["/ispws", "/ispws/", "/ispws/reports", "/ispws/submit/", "/ispws/a/b"]
)
def test_an_address_that_is_not_there_is_told_in_the_wire_s_form(path):
    said = read(Client(HTTP_HOST="localhost").post(path, REPORT, content_type="text/xml"))
    assert (said.code, said.response.status_code) == (Code.RESOURCE_NOT_FOUND, 404)


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b"", URLENCODED, "id is missing"),
        (b"id=", URLENCODED, "id is missing"),
        (b"id=harbor", URLENCODED, "must be a report's number"),
        (b"id=-1", URLENCODED, "must be a report's number"),
        ("id=\u0664".encode(), URLENCODED, "must be a report's number"),
        (b"id=1&id=2", URLENCODED, "comes twice"),
        (b"\xff", URLENCODED, "no form"),
        (form(("id", b"1"))[:-4], FORM, "ends before"),
        (form(("id", b"1")), "multipart/form-data", "boundary"),
    ],
)
@pytest.mark.parametrize("path", ["finish", "retract"])
def test_a_form_that_names_no_report_is_refused_with_the_reason(
    wire, path, body, content_type, reason
):
    said = wire.post(path, body, content_type)
    assert (said.code, said.response.status_code) == (Code.INVALID_REQUEST, 400)
    assert reason in said.description


def test_a_form_that_is_far_too_long_is_refused(wire):
    said = wire.post("finish", b"id=1" + b"&" * 70_000, URLENCODED)
    assert (said.code, said.response.status_code) == (Code.INVALID_REQUEST, 413)


@pytest.mark.parametrize(
    ("body", "content_type", "code"),
    [
        (form(("id", b"1")), FORM, Code.MALFORMED_FILE),
        (form(("id", b"1"), ("file", b"x"), ("file", b"y")), FORM, Code.REPORT_DOES_NOT_EXIST),
        (form(("file", b"x"), ("file", b"y"), ("id", b"1")), FORM, Code.MALFORMED_FILE),
        (form(("file", b"x")), FORM, Code.INVALID_REQUEST),
        (form(("id", b"harbor"), ("file", b"x")), FORM, Code.INVALID_REQUEST),
        (b"id=1&file=x", URLENCODED, Code.MALFORMED_FILE),
        (b"", FORM, Code.MALFORMED_FILE),
    ],
)
def test_an_upload_that_is_no_whole_form_is_refused_and_nothing_is_stored(
    wire, body, content_type, code
):
    before = rows_everywhere()
    assert wire.post("upload", body, content_type).code == code
    assert rows_everywhere() == before


def test_two_files_in_one_form_are_refused_and_neither_is_stored(wire):
    number = str(wire.submit()).encode()
    before = rows_everywhere()
    said = wire.post("upload", form(("id", number), ("file", b"x"), ("file", b"y")), FORM)
    assert said.code == Code.MALFORMED_FILE
    assert rows_everywhere() == before


def test_an_upload_over_the_cap_is_refused(wire, settings):
    number = wire.submit()
    settings.UPLOAD_MOST_BYTES = 1_000
    said = wire.upload(number, b"x" * 1_000)
    assert (said.code, said.response.status_code) == (Code.MALFORMED_FILE, 413)


def every_act_on(wire: Wire, number: object, file: str) -> list:
    return [
        wire.upload(number),
        wire.describe(number, file),
        wire.finish(number),
        wire.retract(number),
    ]


def test_another_provider_s_report_and_an_unknown_one_are_answered_alike(wire):
    other = a_provider("example-games")
    number = wire.submit()
    file = wire.upload(number).file
    foreign = every_act_on(other, number, file)
    unknown = every_act_on(other, number + 1, file)
    assert {said.code for said in foreign + unknown} == {Code.REPORT_DOES_NOT_EXIST}
    assert {said.response.status_code for said in foreign + unknown} == {404}
    assert [said.response.content for said in foreign] == [
        said.response.content for said in unknown
    ]
    assert wire.finish(number).code == 0


@pytest.mark.parametrize("number", [0, 10**17, 9223372036854775807, 10**30])
def test_a_number_that_was_never_given_is_no_report(wire, number):
    assert wire.finish(number).code == Code.REPORT_DOES_NOT_EXIST


def test_after_finish_everything_says_finished(wire):
    number = wire.submit()
    file = wire.upload(number).file
    wire.finish(number)
    said = every_act_on(wire, number, file)
    assert {(one.code, one.response.status_code) for one in said} == {(Code.ALREADY_FINISHED, 409)}


def test_after_retract_everything_says_retracted(wire):
    number = wire.submit()
    file = wire.upload(number).file
    wire.retract(number)
    said = every_act_on(wire, number, file)
    assert {(one.code, one.response.status_code) for one in said} == {(Code.ALREADY_RETRACTED, 409)}


def test_details_of_an_unknown_file_or_of_another_report_s_are_refused(wire):
    number, other = wire.submit(), wire.submit()
    file = wire.upload(other).file
    for unknown in (file, "ab" * 16):
        said = wire.describe(number, unknown)
        assert (said.code, said.response.status_code) == (Code.FILE_DOES_NOT_EXIST, 404)


def test_details_are_taken_once_for_each_file(wire):
    number = wire.submit()
    file = wire.upload(number).file
    assert wire.describe(number, file).code == 0
    before = rows_everywhere()
    said = wire.describe(number, file)
    assert (said.code, said.response.status_code) == (Code.VALIDATION_FAILED, 400)
    assert "has its details already" in said.description
    assert rows_everywhere() == before


def test_details_with_faults_are_told_them(wire):
    number = wire.submit()
    file = wire.upload(number).file
    faulty = DETAILS.replace("true", "perhaps").format(number=number, file=file)
    said = wire.post("fileinfo", faulty.encode())
    assert said.code == Code.VALIDATION_FAILED
    assert "fileViewedByEsp" in said.description

"""A filing's life on the wire: repeated, left unfinished, added to, asked about, in test."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from lxml import etree

from havre.agencies.actions import add_provider, change_provider
from havre.agencies.rules.providers import Environment, Reading
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.evidence.models import RecordKey
from havre.intake.actions import open_report
from havre.intake.models import Filing, Report
from havre.intake.providers.actions import expire_filing
from havre.intake.providers.reads import unfinished
from havre.intake.providers.wires.ispws_answer import Code
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.scopes import Context, Scope
from havre.wiring.jobs import expire_filings
from tests import make
from tests.wires.specimens import COMPILED
from tests.wires.wire import DETAILS, REPORT, Wire, a_provider, another

pytestmark = pytest.mark.django_db
EVERYTHING = Context(actor="test", scope=Scope.WORK)
NOON = clock.now().replace(microsecond=0)


@pytest.fixture
def wire() -> Wire:
    return a_provider()


def sent(wire: Wire, document: bytes) -> int:
    said = wire.post("submit", document)
    assert said.code == 0
    return said.report


def supplement(number: int, document: bytes = REPORT) -> bytes:
    inside = document.partition(b"?>")[2]
    return b"<supplement><reportId>%d</reportId>%s</supplement>" % (number, inside)


def test_the_same_bytes_again_are_the_same_open_report(wire):
    document = another()
    first, again = sent(wire, document), sent(wire, document)
    assert first == again
    assert wire.finish(first).code == 0
    with acting_as(EVERYTHING):
        assert Filing.objects.count() == Report.objects.count() == 1


@pytest.mark.parametrize("what", ["other bytes", "after a while", "after finish", "after retract"])
def test_what_is_no_repetition_opens_a_report_of_its_own(wire, what):
    document = another()
    first, later = sent(wire, document), NOON
    if what == "other bytes":
        document = another()
    if what == "after a while":
        later = clock.now() + timedelta(minutes=16)
    if what == "after finish":
        wire.finish(first)
    if what == "after retract":
        wire.retract(first)
    with clock.clock_set_to(later if what == "after a while" else clock.now()):
        assert sent(wire, document) != first


def test_the_same_bytes_from_another_provider_are_another_report(wire):
    document = another()
    assert sent(wire, document) != sent(a_provider("example-games"), document)


@pytest.mark.parametrize(
    ("opened", "touched", "is_over"),
    [
        (timedelta(hours=23, minutes=59), timedelta(hours=23, minutes=59), False),
        (timedelta(hours=24), timedelta(hours=24), True),
        (timedelta(hours=30), timedelta(minutes=59), False),
        (timedelta(hours=30), timedelta(hours=1), True),
    ],
)
def test_an_unfinished_report_ends_a_day_after_it_or_an_hour_after_its_last_file(
    wire, opened, touched, is_over
):
    with clock.clock_set_to(NOON - opened):
        number = wire.submit()
    with clock.clock_set_to(NOON - touched):
        file = wire.upload(number).file
    with clock.clock_set_to(NOON):
        expire_filings(0)
        said = wire.describe(number, file)
    assert said.code == (Code.REPORT_DOES_NOT_EXIST if is_over else 0)
    with acting_as(EVERYTHING):
        assert RecordKey.objects.exists() is not is_over
    assert wire.finish(number).code == (Code.REPORT_DOES_NOT_EXIST if is_over else 0)


def test_the_sweep_leaves_what_is_finished_alone_and_writes_its_lines(wire):
    with clock.clock_set_to(NOON - timedelta(days=2)):
        finished, left = wire.submit(), wire.submit()
        wire.finish(finished)
    expire_filings(0)
    expire_filings(0)
    with acting_as(EVERYTHING), connection.cursor() as cursor:
        states = dict(Filing.objects.values_list("number", "state"))
        cursor.execute("SELECT count(*) FROM audit_entry WHERE event = %s", [Event.FILING_EXPIRED])
        assert cursor.fetchone() == (1,)
        assert unfinished(actor=Station.PIPELINE) == []
    assert states == {finished: "finished", left: "expired"}


def test_what_was_touched_or_finished_after_the_sweep_listed_it_does_not_end(wire):
    with clock.clock_set_to(NOON - timedelta(days=2)):
        assert wire.finish(wire.submit()).code == 0
    touched = wire.submit()
    with acting_as(EVERYTHING):
        listed = list(Filing.objects.values_list("pk", flat=True))
    assert [expire_filing(one, by=Station.PIPELINE) for one in listed] == [False, False]
    assert wire.upload(touched).code == 0


def test_a_supplement_adds_to_a_finished_report(wire):
    make.directory()
    analyst = make.analyst()
    first = wire.submit()
    wire.finish(first)
    said = wire.post("supplement", supplement(first))
    wire.upload(said.report)
    assert (said.code, wire.finish(said.report).code) == (0, 0)
    with acting_as(EVERYTHING):
        kept, added = Report.objects.order_by("received_at")
    opened = open_report(added.reference, by=analyst)
    assert dict(opened.submission.extra)["supplement/reportId"] == kept.reference
    assert "He asked me to meet" in opened.submission.incidents[0].narrative
    state = state_of(wire, first)
    assert state.findtext("supplement") == str(said.report)
    assert state_of(wire, said.report).findtext("supplementTo") == str(first)


def test_what_cannot_be_added_to_says_why(wire):
    still_open, retracted = wire.submit(), wire.submit()
    wire.retract(retracted)
    other = a_provider("example-games")
    foreign = other.submit()
    other.finish(foreign)
    answers = {
        still_open: Code.VALIDATION_FAILED,
        retracted: Code.ALREADY_RETRACTED,
        foreign: Code.REPORT_DOES_NOT_EXIST,
        foreign + 1: Code.REPORT_DOES_NOT_EXIST,
    }
    for number, code in answers.items():
        assert wire.post("supplement", supplement(number)).code == code
    broken = supplement(still_open, REPORT.replace(b"Online Enticement", b"Harbor"))
    said = wire.post("supplement", broken)
    assert said.code == Code.VALIDATION_FAILED
    assert "supplement/report/incidentSummary/incidentType (line" in said.description
    without = wire.post("supplement", b"<supplement><reportId>7</reportId></supplement>")
    assert "supplement/report (line 1): is missing" in without.description


def state_of(wire: Wire, number: int) -> etree._Element:
    said = wire.client.get(f"/ispws/reports/{number}", HTTP_AUTHORIZATION=wire.basic)
    assert said.status_code == 200
    root = etree.fromstring(said.content)
    COMPILED.assertValid(root)
    return root


def test_a_provider_asks_how_its_report_stands(wire):
    number = wire.submit()
    wire.upload(number)
    told = state_of(wire, number)
    assert told.findtext("state") == "open"
    assert told.findtext("endsUnlessFinished") is not None
    assert told.findtext("files") == "1"
    wire.finish(number)
    told = state_of(wire, number)
    assert told.findtext("state") == "finished"
    assert told.findtext("reference").startswith("R-")
    assert wire.get(f"reports/{number + 1}").code == Code.REPORT_DOES_NOT_EXIST
    assert a_provider("example-games").get(f"reports/{number}").code == Code.REPORT_DOES_NOT_EXIST


def test_what_a_test_account_files_reaches_no_desk():
    password = "0f" * 24
    add_provider(
        "chat-test",
        name="Example Chat",
        password=password,
        environment=Environment.TEST,
        by=Station.SET_UP,
    )
    wire = Wire.of("chat-test", password)
    number = wire.submit()
    file = wire.upload(number).file
    assert wire.describe(number, file).code == 0
    assert wire.finish(number).files == [file]
    assert wire.finish(number).code == Code.ALREADY_FINISHED
    assert state_of(wire, number).findtext("reference") is None
    with acting_as(EVERYTHING):
        assert not Report.objects.exists()
        assert not RecordKey.objects.exists()
        destroyed = Entry.objects.get(event=Event.KEYS_DESTROYED)
        assert destroyed.details["authority"] == "ispws:test-account"


def test_a_lenient_provider_is_told_what_was_read_otherwise(wire):
    loose = REPORT.replace(b"-05:00", b"")
    assert wire.post("submit", loose).code == Code.VALIDATION_FAILED
    change_provider(wire.provider, reading=Reading.LENIENT, by=Station.SET_UP)
    said = wire.post("submit", loose)
    path = "report/incidentSummary/incidentDateTime"
    warning = f"{path}: a time without a zone was read as UTC"
    assert said.response["X-Report-Warnings"] == f"1; {warning}"
    assert state_of(wire, said.report).findtext("warning") == warning


def test_a_profile_may_ask_for_faults_with_status_200(wire):
    change_provider(wire.provider, fault_status=200, by=Station.SET_UP)
    said = wire.post("submit", b"<report/>")
    assert (said.code, said.response.status_code) == (Code.VALIDATION_FAILED, 200)
    said = wire.post("submit", b"<report")
    assert (said.code, said.response.status_code) == (Code.MALFORMED_XML, 200)
    assert wire.finish(1).response.status_code == 404


def test_a_schema_is_served_to_whoever_shows_a_key(wire):
    said = wire.client.get("/ispws/xsd", HTTP_AUTHORIZATION=wire.basic)
    schema = etree.XMLSchema(etree.fromstring(said.content))
    schema.assertValid(etree.fromstring(REPORT))
    schema.assertValid(etree.fromstring(DETAILS.format(number=1, file="ab")))
    assert wire.client.get("/ispws/xsd").status_code == 401


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("submit", Code.SAVE_FAILED),
        ("supplement", Code.SAVE_FAILED),
        ("upload", Code.UPLOAD_FAILED),
        ("fileinfo", Code.UPDATE_FAILED),
        ("finish", Code.UPDATE_FAILED),
        ("retract", Code.UPDATE_FAILED),
    ],
)
def test_what_the_database_could_not_keep_is_told_by_its_own_code(wire, path, code):
    number = wire.submit()
    file = wire.upload(number).file
    asked = []

    def lost_after_the_key(execute, sql, params, many, context):
        asked.append(sql)
        if len(asked) > 1:
            raise OperationalError
        return execute(sql, params, many, context)

    knocks = {
        "submit": lambda: wire.post("submit", another()),
        "supplement": lambda: wire.post("supplement", supplement(number)),
        "upload": lambda: wire.upload(number),
        "fileinfo": lambda: wire.describe(number, file),
        "finish": lambda: wire.finish(number),
        "retract": lambda: wire.retract(number),
    }
    with connection.execute_wrapper(lost_after_the_key):
        said = knocks[path]()
    assert (said.code, said.response.status_code) == (code, 500)
    assert "send it again" in said.description
    assert said.response["Retry-After"] == "30"

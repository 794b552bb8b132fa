"""Record systems: declining, handing over, and closed questions to the provider."""

import json

import pytest
from django.http import HttpResponse
from django.test import Client

from havre.agencies.models import Officer
from havre.agencies.rules.words import AgencyKind
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.intake.questions.models import KeepUp, Question
from havre.intake.questions.rules import QuestionKind
from havre.plumbing.context import acting_as
from havre.referrals.actions import open_referral
from havre.referrals.models import Referral, Remark
from havre.referrals.records.actions import issue_system_key
from havre.referrals.records.shapes import DeclineBody
from havre.referrals.rules.sending import DECLINES
from havre.wiring.route import walk
from tests import make
from tests.wires.wire import a_provider, report_of


def post(
    officer: Officer, path: str, body: object, *, language: str = "en", once: str = "once"
) -> HttpResponse:
    """What a record system sends in this officer's name."""
    _row, key = issue_system_key("Files", officer=officer.username, by=officer)
    return Client(HTTP_HOST="localhost").post(
        f"/records/v1/referrals/{path}",
        json.dumps(body),
        content_type="application/json",
        HTTP_AUTHORIZATION=f"Bearer {key}",
        HTTP_IDEMPOTENCY_KEY=once,
        HTTP_ACCEPT_LANGUAGE=language,
    )


def faults(answer: HttpResponse) -> list[str]:
    assert answer.status_code == 422, answer.content
    return [error["pointer"] for error in json.loads(answer.content)["errors"]]


def lines(event: Event) -> list[Entry]:
    with acting_as(Station.PIPELINE.context):
        return list(Entry.objects.filter(event=event))


@pytest.fixture
def detective(db) -> Officer:
    return make.officer(make.directory())


def test_a_system_declines_with_its_reason_and_the_report_waits_at_the_tipline_again(detective):
    sent = make.referral(make.report(), to=detective.agency, by=make.analyst()).reference
    assert faults(post(detective, f"{sent}/decline", {"because": "busy", "note": "-"})) == [
        "/because"
    ]
    assert faults(post(detective, f"{sent}/decline", {"because": "no-power"})) == ["/note"]
    said = {"because": "no-capacity", "note": "Nobody is free before Monday."}
    answer = post(detective, f"{sent}/decline", said)
    assert (answer.status_code, json.loads(answer.content)["state"]) == (201, "declined")
    with acting_as(Station.PIPELINE.context):
        over = Referral.objects.get(reference=sent)
    assert over.ended_because == "no-capacity"
    assert len(lines(Event.REFERRAL_DECLINED)) == 1
    assert json.loads(post(detective, f"{sent}/decline", said).content)["state"] == "declined"
    assert len(lines(Event.REFERRAL_DECLINED)) == 1


def test_every_reason_of_the_page_can_be_given_by_program():
    assert set(DeclineBody.__annotations__["because"].__args__) == {each.value for each in DECLINES}


def test_a_system_hands_over_to_a_colleague_alone_with_a_word_that_stays_there(detective):
    sent = make.referral(make.report(), to=detective.agency, by=make.analyst()).reference
    colleague = make.officer(detective.agency)
    stranger = make.officer(make.agency("valley-police", regions=("ON",)))
    at, note = f"{sent}/hand-over", "She is in school on Monday."
    for to in ("nobody", stranger.username):
        answer = post(detective, at, {"to": to, "note": note}, language="fr-CA")
        assert faults(answer) == ["/to"]
        assert "personne de votre service" in answer.content.decode()
    assert post(stranger, at, {"to": colleague.username, "note": note}).status_code == 404
    assert post(stranger, at, {"to": stranger.username, "note": note}).status_code == 404
    with acting_as(detective.context):
        assert not Remark.objects.exists()
    assert post(detective, at, {"to": colleague.username, "note": note}).status_code == 201
    with acting_as(detective.context):
        assert Referral.objects.get(reference=sent).assigned_to == colleague
    assert [text for _remark, text in open_referral(sent, by=colleague).remarks] == [note]


def test_a_system_asks_the_provider_what_its_agency_may_ask_and_nothing_else(detective):
    wire = a_provider("pier-chat")
    report = report_of(wire, wire.submit())
    walk(report.pk)
    shore = make.agency("shore-children", kind=AgencyKind.CHILD_WELFARE, regions=("MB",))
    worker, analyst = make.officer(shore), make.analyst()
    ours, theirs = (
        make.referral(report, to=each.agency, by=analyst).reference for each in (detective, worker)
    )
    at = f"{ours}/provider-questions"
    whose = {"question": "whose-is-it", "keepAccountUp": True}
    assert faults(post(detective, at, whose)) == ["/orderNumber"]
    assert faults(post(detective, at, {"question": "was-public", "orderNumber": "26-1"})) == [
        "/orderNumber"
    ]
    assert faults(post(detective, at, {"question": "whose"})) == ["/question"]
    port = {"question": "source-port", "keepAccountUp": True}
    assert faults(post(worker, f"{theirs}/provider-questions", port)) == ["/question"]
    with acting_as(Station.PIPELINE.context):
        assert (Question.objects.count(), KeepUp.objects.count()) == (0, 0)
    assert post(detective, at, port).status_code == 201
    again = post(detective, at, port, once="again")
    assert again.status_code == 409
    assert "waits for the provider already" in json.loads(again.content)["detail"]
    with acting_as(detective.context):
        question = Question.objects.get()
    assert (question.kind, question.agency) == (QuestionKind.SOURCE_PORT, detective.agency)
    with acting_as(Station.PIPELINE.context):
        assert KeepUp.objects.count() == 1


def test_nobody_is_asked_where_no_provider_reported(detective):
    sent = make.referral(make.report(), to=detective.agency, by=make.analyst()).reference
    answer = post(detective, f"{sent}/provider-questions", {"question": "was-public"})
    assert answer.status_code == 409
    assert "nobody to ask" in json.loads(answer.content)["detail"]

"""Documents from abroad, passed on to one agency at home as far as their sender lets them go."""

from hashlib import sha256

import pytest
from django.db import connection

from havre.agencies.rules.permits import Role
from havre.agencies.rules.words import AgencyKind
from havre.audit.rules import Event
from havre.cases.abroad.actions import read_exchange
from havre.cases.abroad.dispatches.actions import ask_the_desk, read_dispatch, reply_to_desk
from havre.cases.abroad.dispatches.handing import Limits
from havre.cases.abroad.dispatches.rules import TheirStep
from havre.cases.abroad.enclosures.models import Enclosure
from havre.cases.abroad.models import Exchange
from havre.cases.abroad.passing.actions import (
    fetch_passed,
    read_passed,
    take_back_document,
)
from havre.cases.abroad.passing.models import PassedDocument
from havre.cases.abroad.passing.rules import Refusal, why_kept
from havre.cases.abroad.rules.states import Caveat, Handling
from havre.evidence.models import RecordKey
from havre.plumbing.context import acting_as
from havre.referrals.notices.models import News
from havre.referrals.notices.rules import NewsKind
from tests import make
from tests.pages import assert_sound
from tests.passing import (
    FREE,
    LETTER,
    ORDER,
    WORDS,
    WORK,
    a_scene,
    lines,
    pass_on,
    passed_rows,
    refusal_of,
    send,
    terms,
)
from tests.waiting import waits_for


@pytest.fixture
def vault(tmp_path, settings):
    settings.VAULT = tmp_path
    return tmp_path


@pytest.fixture
def scene(db):
    return a_scene()


def test_the_agency_sees_what_is_for_it_and_fetches_it_byte_for_byte(scene):
    order, letter = pass_on(scene.asked, *scene.sent, to=scene.harbor, by=scene.desk)
    (second, first), _ = read_passed(by=scene.detective)
    assert (first.name, first.words) == ("order.pdf", "Please search it.")
    shown = first.document
    assert (shown.size, shown.sha256) == (len(ORDER.content), sha256(ORDER.content).hexdigest())
    assert (shown.handling, shown.caveats) == (Handling.H1, [Caveat.NO_ARREST])
    assert second.name == "letter.txt"
    assert fetch_passed(order.pk, by=scene.detective).content == ORDER.content
    assert fetch_passed(letter.pk, by=scene.detective).content == LETTER.content
    with acting_as(WORK):
        assert [one.kind for one in News.objects.filter(agency=scene.harbor)] == [
            NewsKind.DOCUMENTS_PASSED
        ]


def test_each_pass_and_each_fetch_is_a_line_and_the_desk_sees_who_fetched(scene):
    passed = pass_on(scene.asked, *scene.sent, to=scene.harbor, by=scene.desk)
    told = [(line.about, line.details["sha256"]) for line in lines(Event.DOCUMENT_PASSED_ON)]
    assert sorted(told) == [(str(one.pk), one.sha256) for one in passed]
    fetch_passed(passed[0].pk, by=scene.detective)
    assert [line.about for line in lines(Event.PASSED_FETCHED)] == [str(passed[0].pk)]
    second, first = read_exchange(scene.asked, by=scene.desk).passed
    assert [one.by for one in first.fetches] == [scene.detective]
    assert second.fetches == []
    assert (first.name, first.words) == ("order.pdf", "Please search it.")


def test_no_line_and_no_fetch_is_kept_when_the_seal_is_broken(scene):
    (passed, _) = pass_on(scene.asked, *scene.sent, to=scene.harbor, by=scene.desk)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("havre.cases.abroad.passing.actions.opened_exhibit", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            fetch_passed(passed.pk, by=scene.detective)
    assert read_exchange(scene.asked, by=scene.desk).passed[-1].fetches == []
    assert lines(Event.PASSED_FETCHED) == []


@pytest.mark.parametrize("fails", ["seal_passed", "record"])
def test_nothing_half_passed_stays(vault, scene, fails):
    before = [one for one in vault.rglob("*") if one.is_file()]
    assert before
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"havre.cases.abroad.passing.actions.{fails}", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            pass_on(scene.asked, *scene.sent, to=scene.harbor, by=scene.desk)
    assert passed_rows() == []
    assert [one for one in vault.rglob("*") if one.is_file()] == before


def test_the_clerk_learns_nothing_of_it(scene):
    (passed, _) = pass_on(scene.asked, *scene.sent, to=scene.harbor, by=scene.desk)
    before = read_dispatch(scene.asked, by=scene.clerk)
    fetch_passed(passed.pk, by=scene.detective)
    assert read_dispatch(scene.asked, by=scene.clerk) == before
    page = make.browser(scene.clerk).get(f"/en/correspondence/{scene.asked}").content.decode()
    assert "Please search it." not in page
    assert scene.harbor.name("en") not in page
    for role in (scene.clerk, make.officer(make.agency_by_code("tipline"), Role.TIPLINE_ANALYST)):
        with acting_as(role.context), connection.cursor() as cursor:
            for table in ("passing_passeddocument", "passing_fetch"):
                assert cursor.execute(f"SELECT * FROM {table}").fetchall() == []
        assert not PassedDocument.objects.visible_to(role).exists()


@pytest.mark.parametrize(
    ("handling", "caveats", "why"),
    [
        ("h0", (), None),
        ("h1", (Caveat.NOT_IN_COURT, Caveat.RETURN_OR_DESTROY), None),
        ("h2", (), Refusal.ASK_FIRST),
        ("h0", (Caveat.ASK_BEFORE_PASSING_ON,), Refusal.ASK_FIRST),
        ("h3", (), Refusal.OTHER_LIMITS),
        ("", (), Refusal.OTHER_LIMITS),
        ("h0", ("of-another-year",), Refusal.OTHER_LIMITS),
    ],
)
def test_what_its_sender_does_not_plainly_let_go_stays(handling, caveats, why):
    assert why_kept(handling, caveats) is why


def test_it_goes_once_to_one_police_or_border_service(scene):
    for code, kind in (("prairie-crown", AgencyKind.PROSECUTION), ("far", AgencyKind.FOREIGN)):
        elsewhere = make.agency(code, kind=kind)
        assert (
            refusal_of(pass_on, scene.asked, *scene.sent, to=elsewhere, by=scene.desk)
            is Refusal.NO_RECEIVER
        )
    assert refusal_of(pass_on, scene.asked, to=scene.harbor, by=scene.desk) is Refusal.NONE_CHOSEN
    pass_on(scene.asked, scene.sent[0], to=scene.harbor, by=scene.desk)
    assert (
        refusal_of(pass_on, scene.asked, *scene.sent, to=scene.harbor, by=scene.desk)
        is Refusal.ALREADY
    )
    pass_on(
        scene.asked, *scene.sent, to=make.agency("border", kind=AgencyKind.BORDER), by=scene.desk
    )


def test_a_document_of_another_exchange_is_not_passed_on_here(scene):
    other = ask_the_desk(WORDS, terms=terms(), by=scene.clerk).reference
    (foreign,) = send(other, ORDER, desk=scene.desk, by=scene.clerk)
    with pytest.raises(Enclosure.DoesNotExist):
        pass_on(scene.asked, scene.sent[0], foreign, to=scene.harbor, by=scene.desk)
    (passed,) = pass_on(scene.asked, scene.sent[0], to=scene.harbor, by=scene.desk)
    with pytest.raises(PassedDocument.DoesNotExist):
        take_back_document(other, passed.pk, by=scene.desk)


def test_what_its_partner_took_back_is_passed_on_to_nobody(scene):
    reply_to_desk(scene.asked, TheirStep.WITHDRAW, words="", limits=FREE, by=scene.clerk)
    # What names a listed group stays open until national security has its copy.
    with acting_as(WORK):
        Exchange.objects.filter(reference=scene.asked).update(state="received")
    assert (
        refusal_of(pass_on, scene.asked, *scene.sent, to=scene.harbor, by=scene.desk)
        is Refusal.WITHDRAWN
    )


def test_what_nobody_fetched_is_taken_back_with_its_key(scene):
    order, letter = pass_on(scene.asked, *scene.sent, to=scene.harbor, by=scene.desk)
    take_back_document(scene.asked, order.pk, by=scene.desk)
    assert [line.about for line in lines(Event.DOCUMENT_TAKEN_BACK)] == [str(order.pk)]
    assert fetch_passed(letter.pk, by=scene.detective)
    with pytest.raises(PassedDocument.DoesNotExist):
        fetch_passed(order.pk, by=scene.detective)
    assert [one.name for one in read_passed(by=scene.detective)[0]] == ["letter.txt"]
    with acting_as(WORK):
        left = RecordKey.objects.filter(record=order.pk).values_list("recipient", flat=True)
        assert list(left) == [f"agency:{scene.desk.agency_id}"]
        assert not PassedDocument.objects.visible_to(scene.detective).filter(pk=order.pk).exists()
    with acting_as(scene.detective.context):
        assert not PassedDocument.objects.filter(pk=order.pk).exists()
    assert (
        refusal_of(take_back_document, scene.asked, order.pk, by=scene.desk) is Refusal.TAKEN_BACK
    )
    assert [one.name for one in read_exchange(scene.asked, by=scene.desk).passed] == [
        "letter.txt",
        "order.pdf",
    ]
    # It may go there again.
    pass_on(scene.asked, scene.sent[0], to=scene.harbor, by=scene.desk)


def test_nobody_fetches_what_is_just_being_taken_back(scene):
    (passed, _) = pass_on(scene.asked, *scene.sent, to=scene.harbor, by=scene.desk)
    with waits_for(f"passed/{passed.pk}"):
        fetch_passed(passed.pk, by=scene.detective)
    with waits_for(f"passed/{passed.pk}"):
        take_back_document(scene.asked, passed.pk, by=scene.desk)


IN_WORDS = {
    "en": ("abroad", "pass-on", "1 document was passed on.", "Nobody there has fetched it yet."),
    "fr": ("etranger", "remettre", "1 document a été remis.", "Personne ne l’y a encore récupéré."),  # noqa: RUF001
}


@pytest.mark.parametrize("language", IN_WORDS)
def test_the_desk_passes_one_on_by_the_page(scene, language):
    place, part, done, unfetched = IN_WORDS[language]
    browser, page = make.browser(scene.desk), f"/{language}/{place}/{scene.asked}"
    typed = {"documents": [scene.sent[0].pk], "to": "harbor-police", "words": "Please search it."}
    assert browser.post(f"{page}/{part}", typed).status_code == 302
    shown = browser.get(page)
    assert_sound(shown.content)
    for told in (done, unfetched, "Please search it.", scene.harbor.name(language)):
        assert told in shown.content.decode()
    again = browser.post(f"{page}/{part}", typed)
    assert again.status_code == 422
    assert_sound(again.content)
    assert browser.post(f"{page}/{part}", {**typed, "documents": ["x"]}).status_code == 422
    assert browser.post(f"{page}/{part}", {**typed, "to": "far-police"}).status_code == 422


def test_what_stays_at_the_desk_says_why_and_is_not_offered(scene):
    (kept,) = send(scene.asked, ORDER, desk=scene.desk, by=scene.clerk, limits=Limits())
    page = make.browser(scene.desk).get(f"/en/abroad/{scene.asked}").content.decode()
    assert "Stays at the desk: its sender wants to be asked first." in page
    assert f'value="{kept.pk}"' not in page
    assert f'value="{scene.sent[0].pk}"' in page


def test_the_desk_takes_one_back_by_the_page(scene):
    passed, fetched = pass_on(scene.asked, *scene.sent, to=scene.harbor, by=scene.desk)
    fetch_passed(fetched.pk, by=scene.detective)
    browser, page = make.browser(scene.desk), f"/en/abroad/{scene.asked}"
    shown = browser.get(page).content.decode()
    for one in (passed, fetched):
        assert f'value="{one.pk}"' in shown
    assert scene.detective.display_name in shown
    for one, told in (
        (fetched, "It was withdrawn. They read that they must use no copy of it."),
        (passed, "It was taken back. Nobody there had fetched it."),
    ):
        assert browser.post(f"{page}/take-back", {"document": one.pk}).status_code == 302
        shown = browser.get(page).content.decode()
        assert told in shown
        assert f'value="{one.pk}"' not in shown
    assert browser.post(f"{page}/take-back", {"document": "x"}).status_code == 422


@pytest.mark.parametrize(("language", "place"), [("en", "from-abroad"), ("fr", "de-l-etranger")])
def test_the_agency_fetches_a_file_and_is_never_shown_one(scene, language, place):
    browser = make.browser(scene.detective)
    assert_sound(browser.get(f"/{language}/{place}").content)
    passed, _ = pass_on(scene.asked, *scene.sent, to=scene.harbor, by=scene.desk)
    shown = browser.get(f"/{language}/{place}")
    assert_sound(shown.content)
    text, address = shown.content.decode(), f"/{language}/{place}/{passed.pk}"
    for told in ("order.pdf", "Please search it.", passed.sha256, address, scene.asked):
        assert told in text
    assert "The ferry" not in text
    answer = browser.get(address)
    assert answer.content == ORDER.content
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == f'attachment; filename="{scene.asked}-1.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert scene.detective.display_name in browser.get(f"/{language}/{place}").content.decode()

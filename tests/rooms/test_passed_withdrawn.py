"""What was passed on and its sender withdrew is given to nobody; who hears that something waits."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils.translation import override

from havre.agencies.rules.permits import Compartment, Permit, Role
from havre.agencies.staff.actions import close_officer
from havre.audit.models import Entry
from havre.audit.rules import Event
from havre.cases.abroad.actions import move_exchange, read_exchange
from havre.cases.abroad.dispatches.actions import ask_the_desk, reply_to_desk
from havre.cases.abroad.dispatches.handing import Limits
from havre.cases.abroad.dispatches.rules import TheirStep
from havre.cases.abroad.passing.actions import fetch_passed, read_passed, take_back_document
from havre.cases.abroad.passing.models import Fetch
from havre.cases.abroad.passing.reads import may_be_seen
from havre.cases.abroad.passing.rules import Refusal
from havre.cases.abroad.rules.states import Caveat, Closing, Handling, Step
from havre.evidence.models import RecordKey
from havre.plumbing import ids
from havre.plumbing.context import acting_as
from havre.referrals.notices.models import News
from tests import make
from tests.pages import assert_sound
from tests.passing import (
    BOTH,
    FREE,
    LETTER,
    ORDER,
    WORDS,
    WORK,
    a_row,
    a_scene,
    insert,
    pass_on,
    refusal_of,
    send,
    terms,
)

NAME, SAID = "order.pdf", "Please search it."


@pytest.fixture
def scene(db):
    return a_scene()


@pytest.fixture
def passed(scene):
    return pass_on(scene.asked, *scene.sent, to=scene.harbor, by=scene.desk)


def news(agency) -> int:
    with acting_as(WORK):
        return News.objects.filter(agency=agency).count()


def withdrawn(*, by) -> list[bool]:
    return [one.document.withdrawn_at is not None for one in read_passed(by=by)[0]]


def test_what_its_sender_takes_back_is_fetched_no_more(scene, passed):
    fetch_passed(passed[1].pk, by=scene.detective)
    told = news(scene.harbor)

    reply_to_desk(scene.asked, TheirStep.WITHDRAW, words="", limits=Limits(), by=scene.clerk)

    for one in passed:
        assert refusal_of(fetch_passed, one.pk, by=scene.detective) is Refusal.GONE
    opened, _page = read_passed(by=scene.detective)
    assert [(one.name, one.words) for one in opened] == [("", ""), ("", "")]
    assert [len(one.fetches) for one in opened] == [1, 0]
    assert withdrawn(by=scene.detective) == [True, True]
    assert news(scene.harbor) == told + 2
    with acting_as(WORK):
        assert not RecordKey.objects.filter(
            record__in=[one.pk for one in passed], recipient=f"agency:{scene.harbor.pk}"
        ).exists()
        lines = Entry.objects.filter(event=Event.DOCUMENT_WITHDRAWN)
        assert sorted(line.about for line in lines) == sorted(str(one.pk) for one in passed)
    assert [one.name for one in read_exchange(scene.asked, by=scene.desk).passed] == [
        "letter.txt",
        NAME,
    ]


def test_nor_is_it_where_the_desk_closes_for_its_sender(scene, passed):
    move_exchange(scene.asked, Step.CLOSE, because=Closing.DONE, words="", by=scene.desk)
    assert fetch_passed(passed[0].pk, by=scene.detective)
    move_exchange(scene.asked, Step.REOPEN, words="", by=scene.desk)
    move_exchange(scene.asked, Step.CLOSE, because=Closing.WITHDRAWN, words="", by=scene.desk)
    assert refusal_of(fetch_passed, passed[0].pk, by=scene.detective) is Refusal.GONE


@pytest.mark.parametrize(
    "limits",
    [
        Limits(handling=Handling.H2),
        Limits(handling=Handling.H1, caveats=(Caveat.ASK_BEFORE_PASSING_ON,)),
    ],
    ids=["code", "limit"],
)
def test_the_same_document_under_another_code_withdraws_what_lets_it_go(scene, passed, limits):
    again = send(scene.asked, LETTER, desk=scene.desk, by=scene.clerk)
    assert withdrawn(by=scene.detective) == [False, False]

    send(scene.asked, ORDER, desk=scene.desk, by=scene.clerk, limits=limits)

    order, letter = passed
    assert refusal_of(fetch_passed, order.pk, by=scene.detective) is Refusal.GONE
    assert fetch_passed(letter.pk, by=scene.detective).content == LETTER.content
    shore = make.agency("shore-police", regions=("NB",))
    named = {"to": shore, "by": scene.desk}
    assert refusal_of(pass_on, scene.asked, scene.sent[0], **named) is Refusal.ASK_FIRST
    with pytest.raises(DatabaseError, match="row-level security"):
        insert(a_row(scene.sent[0], shore, by=scene.desk), by=scene.desk)
    assert pass_on(scene.asked, *again, **named)
    # Who lets it go again sends it again.
    freed = send(scene.asked, ORDER, desk=scene.desk, by=scene.clerk, limits=FREE)
    assert pass_on(scene.asked, *freed, **named)


def test_the_desk_withdraws_what_somebody_fetched_and_nothing_twice(scene, passed):
    fetch_passed(passed[0].pk, by=scene.detective)
    take_back_document(scene.asked, passed[0].pk, by=scene.desk)
    assert refusal_of(fetch_passed, passed[0].pk, by=scene.detective) is Refusal.GONE
    assert withdrawn(by=scene.detective) == [False, True]
    again = refusal_of(take_back_document, scene.asked, passed[0].pk, by=scene.desk)
    assert again is Refusal.GONE


def test_the_second_wall_lets_nobody_fetch_it(scene, passed):
    take_back = passed[0]
    fetch_passed(take_back.pk, by=scene.detective)
    take_back_document(scene.asked, take_back.pk, by=scene.desk)

    with acting_as(scene.detective.context):
        row = Fetch(id=ids.uuid7(), document=take_back, by=scene.detective)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            row.save(force_insert=True)
        Fetch(id=ids.uuid7(), document=passed[1], by=scene.detective).save(force_insert=True)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE passing_passeddocument SET withdrawn_at = NULL WHERE id = %s",
                [take_back.pk],
            )
            assert cursor.rowcount == 0


IN_WORDS = {
    "en": ("Withdrawn by its sender", "Use no copy of it"),
    "fr": ("Retiré par qui l’avait envoyé", "N’en utilisez aucune copie"),  # noqa: RUF001
}


@pytest.mark.parametrize("language", IN_WORDS)
def test_its_receiver_reads_since_when_and_what_to_do(scene, passed, language):
    said, refused = IN_WORDS[language]
    fetch_passed(passed[0].pk, by=scene.detective)
    take_back_document(scene.asked, passed[0].pk, by=scene.desk)
    browser = make.browser(scene.detective)
    with_language = {"HTTP_ACCEPT_LANGUAGE": language}

    with override(language):
        page, fetch = reverse("passed"), reverse("fetch_passed", args=[passed[0].pk])
    shown = assert_sound(browser.get(page, **with_language).content).text_content()
    assert said in shown
    assert NAME not in shown
    refusal = browser.get(fetch, follow=True, **with_language)
    assert refused in assert_sound(refusal.content).text_content()

    desk = make.browser(scene.desk).get(f"/en/abroad/{scene.asked}")
    assert "Withdrawn by its sender" in assert_sound(desk.content).text_content()


def test_mail_tells_of_what_everybody_there_may_know_of_alone(scene, passed):
    assert news(scene.harbor) == 1
    holder = make.officer(scene.harbor, compartments=BOTH)
    desk = make.officer(
        make.agency_by_code("national-centre"), Role.NATIONAL_COORDINATOR, compartments=BOTH
    )
    clerk = make.officer(scene.clerk.agency, Role.FOREIGN_CLERK, compartments=BOTH)
    closed = {"compartment": Compartment.TRAFFICKING, "by": clerk}
    asked = ask_the_desk(WORDS, terms=terms(), **closed).reference
    sent = send(asked, ORDER, desk=desk, by=clerk)
    typed = {"documents": [sent[0].pk], "to": "harbor-police", "words": SAID}

    browser = make.browser(desk)
    browser.post(f"/en/abroad/{asked}/pass-on", typed)

    assert "No mail tells of what lies in a closed compartment" in (
        browser.get(f"/en/abroad/{asked}").content.decode()
    )
    assert news(scene.harbor) == 1
    assert len(read_passed(by=holder)[0]) == 3
    assert len(read_passed(by=scene.detective)[0]) == 2
    hidden = next(
        one.document for one in read_passed(by=holder)[0] if one.document.reference == asked
    )
    assert may_be_seen(hidden, Permit.PASSED_READ)
    reply_to_desk(asked, TheirStep.WITHDRAW, words="", limits=Limits(), by=clerk)
    assert news(scene.harbor) == 1


def test_nor_is_an_agency_told_in_which_nobody_may_see_it(scene):
    keeper = make.officer(make.agency_by_code("tipline"), Role.PLATFORM_ADMIN)
    close_officer(scene.detective.pk, by=keeper)
    (one,) = pass_on(scene.asked, scene.sent[0], to=scene.harbor, by=scene.desk)
    assert news(scene.harbor) == 0
    assert not may_be_seen(one, Permit.PASSED_READ)
    make.officer(scene.harbor, Role.AGENCY_SUPERVISOR)
    pass_on(scene.asked, scene.sent[1], to=scene.harbor, by=scene.desk)
    assert news(scene.harbor) == 1

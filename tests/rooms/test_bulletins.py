"""The bulletin boards: who may post and read what, in which language, and until when."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.agencies.rules.permits import Compartment, Role
from havre.agencies.rules.words import AgencyKind
from havre.audit.rules import Station
from havre.cases.bulletins.actions import post_notice, read_board, read_notice, withdraw_notice
from havre.cases.bulletins.models import Notice
from havre.cases.bulletins.rules import (
    BOARDS,
    LONGEST,
    NoticeWords,
    NoWordsError,
    Posted,
    WrongDaysError,
    check_notice,
)
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from tests import make
from tests.pages import assert_sound

START = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)
GENERAL, TRAFFICKING = BOARDS
BOTH = NoticeWords(title_en="The pier", body_en="A coat.", title_fr="Le quai", body_fr="Un gris.")


@settings(max_examples=500, deadline=None)
@given(
    st.tuples(st.sampled_from(("harbor", "valley")), st.sampled_from(AgencyKind)),
    st.sets(st.sampled_from(BOARDS)),
    st.sampled_from(BOARDS),
    st.booleans(),
    st.integers(-3, 3),
)
def test_a_notice_is_read_by_who_holds_its_board_while_it_hangs(
    reader, held, board, withdrawn, days
):
    agency, kind = reader
    notice = Posted(
        agency="harbor",
        compartment=board,
        expires_at=START + days * DAY,
        is_withdrawn=withdrawn,
    )
    read = notice.is_read_by(agency, kind, held, at=START)
    if kind not in {"border", "national-centre", "police"} or board not in held:
        assert not read
    else:
        assert read is (agency == "harbor" or (days > 0 and not withdrawn))


def test_a_notice_says_something_in_the_reader_s_language_or_in_the_other():
    french = NoticeWords(title_fr="Le quai", body_fr="Un gris.")
    assert BOTH.said_in("fr")[2] == "fr"
    assert BOTH.said_in("en") == ("The pier", "A coat.", "en")
    assert french.said_in("en") == ("Le quai", "Un gris.", "fr")
    for words in (NoticeWords(), NoticeWords(title_en="The pier")):
        with pytest.raises(NoWordsError):
            check_notice(words, expires_at=START + DAY, now=START)
    for last in (START, START + LONGEST + DAY):
        with pytest.raises(WrongDaysError):
            check_notice(BOTH, expires_at=last, now=START)


@pytest.fixture
def harbor(db):
    return make.directory()


@pytest.fixture
def chief(harbor):
    return make.officer(harbor, Role.AGENCY_SUPERVISOR)


@pytest.fixture
def valley(harbor):
    return make.officer(make.agency_by_code("valley-police"))


def post(by, board=GENERAL, days=30):
    until = clock.now() + timedelta(days=days)
    return post_notice(BOTH, compartment=board, expires_at=until, by=by).reference


def test_other_agencies_read_it_and_its_own_sees_who_has(chief, valley):
    one = post(chief)
    assert [board_read(valley, one), board_read(chief, one)] == [False, False]
    opened = read_notice(one, by=valley)
    read_notice(one, by=valley)
    assert (opened.words.title_fr, opened.readers, opened.may_withdraw) == ("Le quai", (), False)
    assert board_read(valley, one)
    readers = read_notice(one, by=chief).readers
    assert [(agency.code, count) for agency, count in readers] == [
        ("harbor-police", 1),
        ("valley-police", 1),
    ]


def board_read(officer, reference):
    opened = read_board(by=officer)
    (notice,) = (one for one, _words in opened.notices if one.reference == reference)
    return notice.pk in opened.page.read


def rows_of(officer, table):
    with acting_as(officer.context), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def test_trafficking_hangs_for_its_holders_alone_and_nothing_for_partners_abroad(harbor, chief):
    centre = make.agency_by_code("national-centre")
    both = (Compartment.GENERAL, Compartment.TRAFFICKING)
    desk = make.officer(centre, Role.NATIONAL_COORDINATOR, compartments=both)
    one, general = post(desk, TRAFFICKING), post(desk)
    holder = make.officer(harbor, compartments=both)
    assert read_notice(one, by=holder).words == BOTH
    far = make.officer(make.agency("far-police", kind=AgencyKind.FOREIGN), compartments=both)
    for officer, hidden in ((chief, [one]), (far, [one, general]), (make.analyst(), [one])):
        for reference in hidden:
            with pytest.raises(Notice.DoesNotExist):
                read_notice(reference, by=officer)
    for table in ("bulletins_notice", "bulletins_mark", "evidence_recordkey"):
        assert rows_of(far, table) == 0
    assert rows_of(chief, "evidence_recordkey") == 1
    with pytest.raises(Notice.DoesNotExist):
        post(chief, TRAFFICKING)
    with pytest.raises(Notice.DoesNotExist):
        post(make.officer(far.agency, Role.AGENCY_SUPERVISOR))


def test_it_comes_down_on_its_day_or_by_hand_and_hangs_again(chief, valley):
    one = post(chief, days=2)
    with clock.clock_set_to(clock.now() + timedelta(days=3)):
        with pytest.raises(Notice.DoesNotExist):
            read_notice(one, by=valley)
        assert not read_notice(one, by=chief).notice.is_up()
    with pytest.raises(Notice.DoesNotExist):
        withdraw_notice(one, by=valley)
    withdraw_notice(one, by=chief)
    with pytest.raises(Notice.DoesNotExist):
        read_notice(one, by=valley)
    assert rows_of(valley, "bulletins_notice") == 0
    withdraw_notice(one, is_back=True, by=chief)
    assert read_notice(one, by=valley).words == BOTH


def test_what_the_coordinator_took_down_only_a_coordinator_hangs_up_again(chief, valley):
    one = post(chief)
    centre = make.agency_by_code("national-centre")
    desk = make.officer(centre, Role.NATIONAL_COORDINATOR)
    withdraw_notice(one, by=desk)
    assert not read_notice(one, by=chief).may_withdraw
    with pytest.raises(Notice.DoesNotExist):
        withdraw_notice(one, is_back=True, by=chief)
    withdraw_notice(one, is_back=True, by=desk)
    assert read_notice(one, by=valley).words == BOTH


def test_its_words_stand_nowhere_in_clear(chief):
    post(chief)
    with acting_as(Station.PIPELINE.context), connection.cursor() as cursor:
        cursor.execute("SELECT n::text, a.details::text FROM bulletins_notice n, audit_entry a")
        told = str(cursor.fetchall()).lower()
    assert told != "[]"
    assert "pier" not in told
    assert "quai" not in told


def test_the_pages_are_sound_and_say_what_is_missing(chief, valley):
    browser, one = make.browser(chief), post(chief)
    for address in ("/en/board", "/fr/babillard", f"/en/board/{one}", "/fr/babillard/nouvel-avis"):
        assert_sound(browser.get(address).content)
    typed = {"board": "general", "title_en": "The pier", "until": "2001-01-01"}
    half = browser.post("/en/board/new", typed)
    assert half.status_code == 422
    assert "In this language the title or the text is missing." in half.content.decode()
    late = browser.post("/en/board/new", {**typed, "body_en": "A coat."})
    assert "Choose a day from today to a year from now." in late.content.decode()
    none = browser.post("/en/board/new", {"board": "general", "until": "2001-01-01"})
    assert "Write it in at least one language" in none.content.decode()
    assert make.browser(valley).get("/en/board/new").status_code == 404

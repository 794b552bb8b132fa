"""All that happened in a case, in the order of time, and as far as it is open to the reader."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.cases.actions import move_case, open_case
from havre.cases.contents.actions import (
    add_note,
    add_person,
    finish_task,
    link_report,
    read_case,
    set_task,
    take_exhibit,
)
from havre.cases.models import Case
from havre.cases.rules.access import Part
from havre.cases.rules.states import Move
from havre.cases.sharing.actions import hand_over_case, share_case
from havre.cases.timeline.actions import read_timeline
from havre.cases.timeline.rules.moments import Happening, Moment, page_of, place_of
from havre.intake.rules.submission import PersonRole
from havre.plumbing import clock
from tests import make
from tests.pages import assert_sound

START = datetime(2026, 11, 22, 12, tzinfo=UTC)
some_moments = st.lists(
    st.builds(
        lambda what, minutes, about: Moment(
            what=what, at=START + timedelta(minutes=minutes), about=str(about)
        ),
        st.sampled_from(Happening),
        st.integers(0, 3),
        st.integers(0, 20),
    ),
    max_size=30,
    unique_by=lambda moment: moment.place,
)


@settings(max_examples=300, deadline=None)
@given(some_moments, st.integers(1, 5))
def test_pages_follow_each_other_without_a_gap_or_a_repeat(moments, rows):
    seen, after = [], ""
    while True:
        page, after = page_of(moments, after=place_of(after), rows=rows)
        seen += page
        if not after:
            break
    assert seen == sorted(moments, key=lambda one: one.place, reverse=True)


@pytest.mark.parametrize("text", ["", "now", "2026-11-22T12:00:00", "~", "2026-11-22~x"])
def test_a_place_that_we_did_not_give_is_none(text):
    assert place_of(text) is None


@pytest.fixture
def harbor(db):
    return make.directory()


@pytest.fixture
def detective(harbor):
    return make.officer(harbor)


@pytest.fixture
def neighbour(harbor):
    return make.officer(make.agency_by_code("valley-police"))


@pytest.fixture
def case(detective, harbor):
    """One of everything, an hour apart."""
    report = make.report()
    make.referral(report, to=harbor, by=make.analyst())
    with clock.clock_set_to(clock.now()):
        case = open_case("The man at the pier", by=detective).reference
        add_note(case, "Seen at the ferry.", by=detective)
        task = set_task(case, "Ask for the list.", by=detective)
        add_person(case, "Robin Example", role=PersonRole.VICTIM, by=detective)
        link_report(case, report.reference, by=detective)
        for file in read_case(case, by=detective).takeable:
            take_exhibit(case, file.pk, by=detective)
        move_case(case, Move.ACTIVATE, by=detective)
        finish_task(case, task.pk, by=detective)
    return case


def test_all_that_happened_is_there_once_even_when_it_happened_at_one_instant(case, detective):
    timeline = read_timeline(case, by=detective)

    assert sorted(one.what for one in timeline.moments) == sorted(
        [
            Happening.OPENED,
            Happening.MEMBER_JOINED,
            Happening.NOTED,
            Happening.TASK_SET,
            Happening.PERSON_ADDED,
            Happening.REPORT_LINKED,
            Happening.EXHIBIT_TAKEN,
            Happening.MOVED,
            Happening.TASK_DONE,
        ]
    )
    assert set(timeline.words.values()) == {"Seen at the ferry.", "Ask for the list."}
    assert timeline.next == ""


def test_a_long_story_goes_on_on_the_next_page(case, detective):
    with clock.clock_set_to(clock.now()):
        for number in range(60):
            add_note(case, f"Note {number}.", by=detective)
    first = read_timeline(case, by=detective)
    second = read_timeline(case, after=first.next, by=detective)

    assert (len(first.moments), len(second.moments), second.next) == (50, 19, "")
    assert {*first.moments}.isdisjoint(second.moments)


def test_a_partner_reads_what_is_shared_and_nothing_of_the_work(case, detective, neighbour):
    with pytest.raises(Case.DoesNotExist):
        read_timeline(case, by=neighbour)
    until = clock.now() + timedelta(days=3)
    share_case(case, to=neighbour.agency, until=until, parts=[Part.NOTES], by=detective)

    seen = read_timeline(case, by=neighbour).moments

    assert [one.what for one in seen] == [Happening.NOTED]
    assert Happening.SHARED in {one.what for one in read_timeline(case, by=detective).moments}


def test_a_case_that_was_handed_over_keeps_its_story(case, detective, neighbour):
    hand_over_case(case, to=neighbour.agency, by=detective)

    told = [one.what for one in read_timeline(case, by=neighbour).moments]

    assert {Happening.OPENED, Happening.MOVED, Happening.HANDED_OVER} <= set(told)
    assert told.count(Happening.HANDED_OVER) == 1


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/en/cases/{}/timeline", ["Seen at the ferry.", "A task was done", "Work on it"]),
        ("/fr/dossiers/{}/chronologie", ["Seen at the ferry.", "Une tâche a été faite", "Enfant"]),
    ],
)
def test_the_page_tells_it_in_both_languages_and_masks_who_is_masked(
    case, detective, address, words
):
    page = make.browser(detective).get(address.format(case))
    text = assert_sound(page.content).text_content()

    assert all(word in text for word in words)
    assert "Robin" not in text

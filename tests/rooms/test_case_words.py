"""Words of notes: found whatever their ending, in two languages, and only where one may read."""

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.cases.actions import add_member, mark_case, open_case
from havre.cases.contents.actions import add_note
from havre.cases.models import NoteWord
from havre.cases.rules.access import CaseRole, GrantKind, Part
from havre.cases.search.actions import search_cases
from havre.cases.search.digests import word_digests
from havre.cases.search.rules.words import around, asked_for, stems_in, tells_of
from havre.cases.sharing.actions import hand_over_case, share_case, withdraw_grant
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from tests import make
from tests.pages import assert_sound

NOTE = "The ferry list: he was seen at the library on Saturday. Réunion prévue au traversier."


# ------------------------------------------------------------------------------------ the rules


@pytest.mark.parametrize(
    "asked",
    [
        "ferries",
        "LIBRARIES saturday",
        "reunions",
        "Réunions",
        "traversiers",
        "list ferry",
        "l'ferry",
    ],
)
def test_a_word_is_found_by_another_ending_accent_or_order(asked):
    assert tells_of(NOTE, asked_for(asked))


@pytest.mark.parametrize("asked", ["harbor", "ferry harbor", "the", "à la", "", "x"])
def test_a_note_without_every_word_is_not_found(asked):
    assert not tells_of(NOTE, asked_for(asked))


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="abcdeéèîôuûœç '-.2", max_size=60))
def test_a_text_tells_of_all_its_own_words(text):
    asked = asked_for(text)
    assert tells_of(text, asked) is bool(asked)
    assert tells_of(text.upper().lower(), asked) is bool(asked)


def test_the_part_that_is_shown_holds_the_word():
    long = "Nothing here. " * 40 + NOTE + " Nothing here." * 40
    part = around(long, asked_for("ferries"))
    assert "ferry list" in part
    assert part.startswith("… ")
    assert part.endswith(" …")
    assert len(part) < 200


# --------------------------------------------------------------------------------- in the cases


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
def case(detective):
    case = open_case("The man at the pier", by=detective)
    add_note(case.reference, NOTE, by=detective)
    add_note(case.reference, "The tide was low.", by=detective)
    noise = open_case("Another", by=detective)
    add_note(noise.reference, "The library was shut.", by=detective)
    return case


def found(text, officer):
    return [one.case.reference for one in search_cases(text, by=officer).notes]


def test_a_note_is_found_by_all_its_words_and_others_are_not(case, detective):
    assert found("ferries library", detective) == [case.reference]
    assert len(found("library", detective)) == 2
    assert found("submarine", detective) == []
    assert found("the", detective) == []


def test_nobody_finds_a_note_that_they_may_not_read(case, detective, neighbour, harbor):
    until = clock.now() + timedelta(days=3)
    assert found("ferry", neighbour) == []
    shared = share_case(
        case.reference, to=neighbour.agency, until=until, parts=[Part.PEOPLE], by=detective
    )
    assert found("ferry", neighbour) == []
    shared = share_case(
        case.reference, to=neighbour.agency, until=until, parts=[Part.NOTES], by=detective
    )
    assert found("ferry", neighbour) == [case.reference]
    withdraw_grant(case.reference, shared.pk, by=detective)
    assert found("ferry", neighbour) == []
    mark_case(case.reference, restricted=True, for_court=False, by=detective)
    assert found("ferry", make.officer(harbor)) == []


def test_what_a_partner_writes_in_a_joint_case_is_found_by_both(case, detective, neighbour):
    until = clock.now() + timedelta(days=3)
    share_case(case.reference, to=neighbour.agency, until=until, kind=GrantKind.JOINT, by=detective)
    add_member(case.reference, neighbour.pk, role=CaseRole.INVESTIGATOR, by=detective)
    add_note(case.reference, "Un pêcheur l'a vu.", by=neighbour)

    assert found("pecheurs", detective) == found("pêcheur", neighbour) == [case.reference]


def test_words_go_along_with_a_case_that_is_handed_over(case, detective, neighbour):
    hand_over_case(case.reference, to=neighbour.agency, by=detective)

    assert found("ferry", neighbour) == [case.reference]
    assert found("ferry", detective) == []
    with acting_as(Station.PIPELINE.context):
        held = set(NoteWord.objects.filter(case=case).values_list("digest", flat=True))
    assert held.isdisjoint(word_digests(stems_in(NOTE), agency=detective.agency_id))
    assert held >= set(word_digests(stems_in(NOTE), agency=neighbour.agency_id))


def test_equal_digests_are_read_before_they_count(case, detective):
    """A digest that met another word by chance is no find."""
    with acting_as(detective.context):
        note = case.notes.last()
    with acting_as(Station.PIPELINE.context):
        (digest, *_) = word_digests(stems_in("submarine"), agency=detective.agency_id)
        NoteWord(case=case, note=note, digest=digest).save(force_insert=True)
    assert found("submarine", detective) == []


def test_what_was_typed_stands_nowhere_and_each_case_that_was_shown_has_a_line(case, detective):
    search_cases("ferry", by=detective)
    with acting_as(Station.PIPELINE.context), connection.cursor() as cursor:
        lines = Entry.objects.filter(event=Event.CASES_SEARCHED)
        assert {(line.about_kind, line.details["notes"]) for line in lines} == {
            ("cases", 1),
            ("case", 1),
        }
        assert "ferry" not in str([line.details for line in lines])
        cursor.execute("SELECT t::text FROM cases_noteword t")
        assert "ferr" not in str(cursor.fetchall())


def test_the_database_looks_words_up_by_their_index_behind_the_wall(case, detective):
    """What an array holds it would not look up: only equality may come before the wall."""
    with acting_as(detective.context), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT note_id FROM cases_noteword WHERE digest IN (1, 2)")
        plan = str(cursor.fetchall())
    assert "case_note_by_word" in plan


def test_the_page_shows_the_words_in_their_note(case, detective):
    desk = make.browser(detective)
    page = assert_sound(desk.post("/en/cases/search", {"text": "ferries"}).content)
    none = assert_sound(desk.post("/fr/dossiers/recherche", {"text": "sous-marin"}).content)

    assert "The ferry list" in page.text_content()
    assert "Aucune note" in none.text_content()

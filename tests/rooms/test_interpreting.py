"""Words in a third language wait for an interpreter beside their rank, and are scored anew."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.identifiers.rules.submissions import find_in_submission
from havre.intake.rules.submission import Person, PersonRole
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.sending.actions import open_for_desk
from havre.triage.actions import read_queue
from havre.triage.interpreting.actions import (
    ask_interpreter,
    let_interpreter_go,
    open_words,
    write_translation,
)
from havre.triage.interpreting.models import Wanted
from havre.triage.interpreting.rules import (
    LATE_AT_LAST,
    NothingWaitsError,
    Translated,
    is_late,
    language_to_translate,
    more_urgent,
    with_translations,
    without,
    words_to_translate,
)
from havre.triage.policies.reads import policy_in_force
from havre.triage.rules.assess import assess
from havre.triage.rules.words import Band, LinkFacts
from havre.wiring.route import walk
from tests import make
from tests.pages import assert_sound

FOREIGN = "Він пише мені щодня про човни та хоче побачитися біля пристані."
CALM = Translated(text="I saw an odd page about boats.", who="No. 214")
GRAVE = Translated(text="I am 14. He is in the house now and he has a knife.", who="No. 214")
DAY = timedelta(days=1)


@pytest.fixture
def analyst(db):
    make.directory()
    return make.analyst()


def translate(report, told: Translated, *, by):
    """What the desk writes down, and the route that follows by itself."""
    row = write_translation(
        report.reference, from_language="uk", to_language="en", told=told, by=by
    )
    walk(report.pk)
    return row


def in_queue(report, *, by):
    return next(row for row in read_queue(by=by).rows if row.report == report)


def place(report, *, by) -> tuple[int, int]:
    item = in_queue(report, by=by).item
    return item.rank, -item.risk


def lines(event: Event) -> list[Entry]:
    with acting_as(Station.PIPELINE.context):
        return list(Entry.objects.filter(event=event).order_by("id"))


def test_a_report_in_a_third_language_keeps_its_place_with_a_mark(analyst):
    ours, foreign = make.report("I saw a page.", people=()), make.report(FOREIGN, people=())

    row = in_queue(foreign, by=analyst)

    assert str(row.waits.language) == "Ukrainian"
    assert not row.waits.is_late
    assert in_queue(ours, by=analyst).waits is None
    listed = read_queue(lane="interpreter", by=analyst)
    assert [each.report for each in listed.rows] == [foreign]
    assert listed.counts["interpreter"] == 1
    (line,) = lines(Event.INTERPRETER_ASKED)
    assert line.details["language"] == "uk"
    walk(foreign.pk)
    assert len(lines(Event.INTERPRETER_ASKED)) == 1
    with clock.clock_set_to(clock.now() + DAY + timedelta(minutes=1)):
        assert in_queue(foreign, by=analyst).waits.is_late


def test_a_grave_translation_raises_and_a_calm_one_never_lowers(analyst):
    raised, left = make.report(FOREIGN, people=()), make.report(FOREIGN)
    before = {each: place(each, by=analyst) for each in (raised, left)}

    translate(raised, GRAVE, by=analyst)
    translate(left, CALM, by=analyst)

    assert in_queue(raised, by=analyst).item.band == Band.A
    assert place(raised, by=analyst) < before[raised]
    assert place(left, by=analyst) <= before[left]
    assert in_queue(raised, by=analyst).waits is None
    assert read_queue(lane="interpreter", by=analyst).rows == ()


def test_a_translation_is_sealed_and_a_better_one_stands_beside_it(analyst):
    report = make.report(FOREIGN, people=())

    first = translate(report, CALM, by=analyst)
    second = translate(report, GRAVE, by=analyst)

    told = open_words(report.reference, by=analyst).translations
    assert [(each.translation, each.told) for each in told] == [(second, GRAVE), (first, CALM)]
    with acting_as(analyst.context), connection.cursor() as cursor:
        cursor.execute("SELECT body FROM interpreting_translation")
        assert all(b"boats" not in bytes(body) for (body,) in cursor.fetchall())
        cursor.execute("UPDATE interpreting_translation SET body = ''")
        assert cursor.rowcount == 0
    assert "boats" not in str([line.details for line in lines(Event.TRANSLATION_WRITTEN)])


def test_of_the_desk_s_translations_the_latest_into_each_language_is_read(analyst):
    report = make.report(FOREIGN, people=())
    for code, text in (("fr", "Des bateaux."), ("en", "Boots."), ("en", "Boats.")):
        told = Translated(text=text, who="No. 214")
        write_translation(
            report.reference, from_language="uk", to_language=code, told=told, by=analyst
        )

    read = open_for_desk(report.reference, by=analyst).translations

    assert [each.told.text for each in read] == ["Boats.", "Des bateaux."]


def test_an_interpreter_is_asked_for_by_hand_changed_and_let_go(analyst):
    report = make.report("I saw a page.", people=())
    asked = ask_interpreter(report.reference, language="ru", by=analyst)
    changed = ask_interpreter(report.reference, language="uk", by=make.analyst())
    assert (changed.language, changed.asked_at) == ("uk", asked.asked_at)

    let_interpreter_go(report.reference, by=analyst)

    with pytest.raises(NothingWaitsError):
        let_interpreter_go(report.reference, by=analyst)
    walk(report.pk)
    assert in_queue(report, by=analyst).waits is None
    again = ask_interpreter(report.reference, language="uk", by=analyst)
    assert again.ended_at is None
    assert again.asked_at > asked.asked_at
    with acting_as(analyst.context):
        assert Wanted.objects.count() == 1


def test_whoever_translates_reads_nothing_that_the_reporter_is_reached_by(analyst):
    report = make.report(f"{FOREIGN} My phone number is 204-555-0142.")

    (words,) = open_words(report.reference, by=analyst).words

    assert FOREIGN in words
    assert "204-555-0142" not in words


def test_the_desk_asks_translates_and_reads_it_beside_the_original(analyst):
    report = make.report(FOREIGN, people=())
    desk, here = make.browser(analyst), f"/en/reports/{report.reference}"
    typed = {"from_language": "uk", "to_language": "en", "text": GRAVE.text, "who": "No. 214"}

    page = desk.get(f"{here}/translation")
    assert_sound(page.content)
    assert "Waits for an interpreter of Ukrainian" in page.content.decode()
    assert "waits for an interpreter: Ukrainian" in desk.get("/en/queue").content.decode()
    faulty = desk.post(f"{here}/translation", {**typed, "who": ""})
    assert faulty.status_code == 422
    assert "Say who translated." in faulty.content.decode()
    assert desk.post(f"{here}/interpreter", {"language": "xx"}).status_code == 422
    shown = desk.post(f"{here}/translation", typed, follow=True).content.decode()
    assert GRAVE.text in shown
    assert FOREIGN in shown
    late = desk.post(f"{here}/interpreter", {"what": "none"}, follow=True).content.decode()
    assert "waits for no interpreter. Nothing was changed" in late


def test_a_mark_of_the_form_counts_before_what_the_words_seem_to_be():
    told = replace(make.submission("Words."), extra=(("interpreter", "ko"),))
    assert language_to_translate(told) == "ko"
    assert language_to_translate(replace(told, extra=())) == ""


def test_notes_on_a_reporter_are_not_among_the_words_to_translate():
    people = (
        Person(role=PersonRole.REPORTER, notes="Call me at the pier."),
        Person(role=PersonRole.SUSPECT, notes="He fishes."),
    )
    told = make.submission("Boats.", people=people)
    assert [text for text in words_to_translate(told) if text] == ["Boats.", "He fishes."]


@pytest.mark.parametrize(
    ("spans", "left"),
    [
        ([], "one two three"),
        ([(4, 7)], "one […] three"),
        ([(4, 7), (5, 13)], "one […]"),
        ([(0, 3), (0, 2)], "[…] two three"),
    ],
)
def test_what_is_left_out_is_shown_as_left_out(spans, left):
    assert without("one two three", spans) == left


@pytest.mark.parametrize(
    ("band", "waited", "late"),
    [
        (Band.A, timedelta(minutes=29), False),
        (Band.A, timedelta(minutes=31), True),
        ("", timedelta(hours=5), True),
        (Band.D, LATE_AT_LAST, False),
        (Band.D, LATE_AT_LAST + timedelta(minutes=1), True),
    ],
)
def test_words_of_an_urgent_report_are_late_sooner(band, waited, late):
    now = clock.now()
    assert is_late(asked_at=now - waited, band=band, now=now) is late


def test_the_more_urgent_of_two_assessments_is_kept_whichever_comes_first(db):
    calm = make.submission("I saw a page.", people=())
    policy, now = policy_in_force(), clock.now()
    first, second = (
        assess(one, found=find_in_submission(one), links=LinkFacts(), now=now, policy=policy)
        for one in (calm, with_translations(calm, [GRAVE.text]))
    )
    assert second.band < first.band
    assert more_urgent(first, second) is more_urgent(second, first) is second

"""The log as an auditor reads it."""

import pytest
from django.utils import translation

from havre.agencies.rules.permits import Role
from havre.audit import reads
from havre.audit.rules import Event, Station
from havre.audit.wording import EVENTS
from havre.oversight.actions import read_log
from havre.oversight.reads import log_rows
from tests import make
from tests.pages import assert_sound


@pytest.fixture(autouse=True)
def harbor(db):
    return make.directory()


@pytest.fixture
def auditor(harbor):
    return make.officer(make.agency("oversight-office", kind="oversight"), Role.AUDITOR)


def test_every_event_has_words_in_both_languages():
    assert set(EVENTS) == set(Event)
    for language in ("en", "fr"):
        with translation.override(language):
            words = [str(EVENTS[event]) for event in Event]
        assert len(set(words)) == len(words)
    with translation.override("en"):
        english = {event: str(EVENTS[event]) for event in Event}
    with translation.override("fr"):
        assert [event for event in Event if str(EVENTS[event]) == english[event]] == []


def test_the_log_is_read_newest_first_and_reading_it_is_a_line(auditor):
    make.report()

    first = read_log(by=auditor)
    second = read_log(by=auditor)

    assert [e.event for e in second.entries][1:] == [e.event for e in first.entries]
    assert second.entries[0].event == Event.LOG_READ


def test_the_log_is_narrowed_by_event_and_by_thing(auditor):
    one, other = make.report(), make.report()

    about = read_log(about=str(one.pk), by=auditor).entries
    received = read_log(event=Event.REPORT_RECEIVED, by=auditor).entries

    assert {entry.about for entry in about} == {str(one.pk)}
    assert [entry.about for entry in received] == [str(other.pk), str(one.pk)]


def test_the_pages_of_the_log_follow_each_other(auditor, monkeypatch):
    monkeypatch.setattr(reads, "LOG_ROWS", 5)
    make.report()
    every = [e.pk for e in read_log(by=auditor, event="").entries]
    page = read_log(by=auditor)
    seen = [e.pk for e in page.entries]
    while page.next:
        page = read_log(after=page.next, by=auditor)
        seen += [e.pk for e in page.entries]

    assert len(every) == 5
    assert len(seen) == len(set(seen)) > 10
    assert seen == sorted(seen, reverse=True)


def test_a_line_names_its_officer_and_holds_nothing_typed(auditor, harbor):
    analyst = make.analyst()
    make.referral(make.report(), to=harbor, by=analyst, reason="A very private reason")

    rows = log_rows(read_log(by=auditor))

    assert analyst.display_name in {row.who for row in rows}
    assert Station.PIPELINE.signature in {row.who for row in rows}
    said = " ".join(value for row in rows for _, value in row.details)
    assert "private" not in said
    assert make.NARRATIVE[:12] not in said


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/en/log", ["Report received", "Officer added"]),
        ("/fr/journal", ["Signalement reçu", "Membre du personnel ajouté"]),
        ("/en/log?event=log.read", ["No line of the log fits this choice."]),
        ("/en/log?event=nonsense", ["Report received"]),
        ("/en/log?after=x", ["No line of the log fits this choice."]),
    ],
)
def test_the_page_of_the_log_reads_well(auditor, address, words):
    make.report()

    page = make.browser(auditor).get(address)

    text = assert_sound(page.content).text_content()
    assert [word for word in words if word not in text] == []


def test_an_analyst_has_no_log(harbor):
    assert make.browser(make.analyst()).get("/en/log").status_code == 404

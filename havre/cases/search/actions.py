"""Searching. Looking for somebody is an act, and what was typed stands nowhere."""

from collections import Counter
from dataclasses import replace

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Event
from havre.cases.keeping import note_on
from havre.cases.models import Case, Note
from havre.cases.sealed import case_keys, open_words
from havre.cases.search.numbered import cases_numbered
from havre.cases.search.reads import (
    MOST_READ,
    Found,
    FoundNote,
    More,
    found_by,
    notes_telling,
)
from havre.cases.search.rules.words import around, asked_for, tells_of
from havre.referrals.finding.reads import MOST_FOUND, referrals_numbered
from havre.triage.interpreting.anew import note_before_given


@action(Event.CASES_SEARCHED)
def search_cases(text: str, *, by: Officer) -> Found:
    """Look for a name, an identifier, a number or words of notes in all that one may see.

    The log holds counts alone, and a line about each case of which words are shown.
    """
    seeming = notes_telling(text, actor=by)
    holding = _opened(seeming[:MOST_READ], text, by=by)
    found, notes = _found_by(text, by=by), holding[:MOST_FOUND]
    if len(holding) > MOST_FOUND:
        found = replace(found, more=found.more | {More.NOTES})
    elif len(seeming) > MOST_READ:
        found = replace(found, more=found.more | {More.NOTES_UNREAD})
    cases, numbered = cases_numbered(text, actor=by), referrals_numbered(text, actor=by)
    found = replace(found, notes=notes, cases=cases, numbered=numbered)
    record(
        Event.CASES_SEARCHED,
        about_kind="cases",
        about=by.agency_id,
        by=by,
        people=len(found.called) + len(found.known_by),
        referrals=len(found.referrals) + len(numbered),
        cases=len(cases),
        notes=len(notes),
    )
    shown: Counter[Case] = Counter(one.case for one in notes)
    for case, count in shown.items():
        note_on(case, Event.CASES_SEARCHED, by=by, notes=count)
    return found


def _found_by(text: str, *, by: Officer) -> Found:
    """What is found: by whose a value is, as the present rules take it to be, and no others."""
    found = found_by(text, actor=by)
    if not found.waiting:
        return found
    for report in sorted(found.waiting):
        note_before_given(report)
    found = found_by(text, actor=by)
    # What was crowded out before these were noted waits for the job.
    given = tuple(one for one in found.referrals if one.report_id not in found.waiting)
    return replace(found, referrals=given)


def _opened(notes: tuple[Note, ...], text: str, *, by: Officer) -> tuple[FoundNote, ...]:
    """The notes that truly hold the words: equal digests are a reason to read, not proof."""
    asked, found = asked_for(text), []
    opened = case_keys(list({note.case for note in notes}), by=by)
    for note in notes:
        key = opened.get(note.case_id)
        if key is None:
            continue
        body = open_words(note.case, note.body, key=key, column="note", row=note.pk)
        if tells_of(body, asked):
            found.append(FoundNote(note=note, case=note.case, part=around(body, asked)))
    return tuple(found)

"""The log: a line for every act, in the same transaction, or the act did not happen."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.audit.actions import action, record
from havre.audit.lines import Line, canonical_bytes
from havre.audit.models import Entry
from havre.audit.rules import Event, Station, UnloggedActionError
from havre.intake.actions import open_report
from havre.plumbing.context import acting_as, present_context
from tests import make

AT = datetime(2026, 11, 22, 2, 0, 0, 5, UTC)


def line(**changes) -> Line:
    facts = {
        "id": UUID(int=1),
        "at": AT,
        "event": "report.opened",
        "actor": "officer:1",
        "agency": "",
        "about_kind": "report",
        "about": "2",
        "details": {"b": 1, "a": "x"},
        "salt": bytes(16),
    }
    return Line(**(facts | changes))


def test_a_line_has_one_byte_form():
    assert canonical_bytes(line()) == (
        b'{"about":"2","about_kind":"report","actor":"officer:1","agency":"",'
        b'"at":"2026-11-22T02:00:00.000005Z","details":{"a":"x","b":1},"event":"report.opened",'
        b'"id":"00000000-0000-0000-0000-000000000001",'
        b'"salt":"00000000000000000000000000000000","version":1}'
    )


@given(st.dictionaries(st.text(max_size=5), st.integers(-(2**40), 2**40) | st.text(max_size=9)))
def test_the_order_of_details_does_not_change_the_bytes(details):
    backwards = dict(reversed(details.items()))
    assert canonical_bytes(line(details=details)) == canonical_bytes(line(details=backwards))


@pytest.mark.parametrize(
    "changes",
    [{"salt": b"1" * 16}, {"actor": "officer:2"}, {"details": {}}, {"about": "3"}, {"version": 2}],
)
def test_any_change_changes_the_bytes(changes):
    assert canonical_bytes(line(**changes)) != canonical_bytes(line())


def test_the_stored_line_gives_the_same_bytes_when_read_again(db):
    make.directory()
    analyst, report = make.analyst(), make.report()
    open_report(report.reference, by=analyst)
    with acting_as(Station.SET_UP.context):
        entry = Entry.objects.filter(event=Event.REPORT_OPENED).latest("id")
        again = Entry.objects.get(pk=entry.pk)
    assert entry.canonical() == again.canonical()
    assert str(analyst.pk).encode() in entry.canonical()


def test_an_action_without_its_line_keeps_nothing(db):
    @action(Event.REPORT_OPENED)
    def forgets(*, by):
        record(Event.LOG_READ, about_kind="test", about="forgotten", by=by)

    with pytest.raises(UnloggedActionError):
        forgets(by=Station.SET_UP)
    with acting_as(Station.SET_UP.context):
        assert not Entry.objects.filter(about="forgotten").exists()


def test_whoever_catches_a_refusal_keeps_nothing_of_it_and_goes_on(db):
    @action(Event.LOG_READ)
    def refuses(*, by):
        record(Event.LOG_READ, about_kind="test", about="refused", by=by)
        msg = "refused"
        raise ValueError(msg)

    with acting_as(Station.SET_UP.context):
        with pytest.raises(ValueError, match="refused"):
            refuses(by=Station.SET_UP)
        record(Event.LOG_READ, about_kind="test", about="page", by=Station.SET_UP)
        kept = Entry.objects.filter(about__in=["refused", "page"])
        assert [one.about for one in kept] == ["page"]


def test_an_action_inside_an_action_leaves_both_lines_and_the_outer_context(db):
    seen = []

    @action(Event.LOG_READ)
    def inner(*, by):
        record(Event.LOG_READ, about_kind="test", about="inner", by=by)

    @action(Event.QUEUE_READ)
    def outer(*, by):
        inner(by=Station.PUBLIC_FORM)
        seen.append(present_context())
        record(Event.QUEUE_READ, about_kind="test", about="outer", by=by)

    outer(by=Station.SET_UP)
    assert seen == [Station.SET_UP.context]
    with acting_as(Station.SET_UP.context):
        assert Entry.objects.filter(about__in=["inner", "outer"]).count() == 2


def test_opening_a_report_leaves_a_line_that_names_who_and_what(db):
    make.directory()
    analyst = make.analyst()
    other, report = make.report(), make.report()
    open_report(other.reference, by=analyst)
    with acting_as(Station.SET_UP.context):
        before = Entry.objects.filter(event=Event.REPORT_OPENED).count()
    open_report(report.reference, by=analyst)
    with acting_as(Station.SET_UP.context):
        lines = Entry.objects.filter(event=Event.REPORT_OPENED)
        assert lines.count() == before + 1
        last = lines.latest("id")
    assert (last.about, last.actor) == (str(report.pk), analyst.signature)

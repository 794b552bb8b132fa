"""Questions that are written as SQL once: the same answers, and never somebody else's."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import NotSupportedError, connection
from django.db.models import Q, QuerySet
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from havre.audit.rules import Actor, Station
from havre.intake.models import Message, Report
from havre.intake.reads import report_by_id
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.values.written import written_once
from havre.triage.models import QueueItem
from havre.triage.reads import item_of
from tests import make

PIPELINE = Station.PIPELINE
BUILT = list[object]()


@pytest.fixture
def two(db) -> list[Report]:
    make.directory()
    return [make.report("At the pier."), make.report("At the quay.", danger_now=True)]


def items(report: UUID, danger_now: bool, language: str) -> QuerySet[QueueItem]:  # noqa: FBT001
    BUILT.append(report)
    found = QueueItem.objects.select_related("report", "claimed_by").filter(report=report)
    return found.filter(report__danger_now=danger_now, language=language).order_by("rank")


@written_once
def references(one: UUID, other: UUID) -> QuerySet[Report, str]:
    found = Report.objects.filter(Q(pk=one) | Q(pk=other)).order_by("received_at")
    return found.values_list("reference", flat=True)


@written_once
def seen_by(report: UUID, actor: Actor) -> QuerySet[Report]:
    BUILT.append(actor)
    return Report.objects.visible_to(actor).filter(pk=report)


def test_it_is_written_once_and_each_time_answers_what_it_is_asked(two):
    first, second = two
    of_report = written_once(items)
    BUILT.clear()
    with acting_as(PIPELINE.context), CaptureQueriesContext(connection) as asked:
        rows = [of_report(each.pk, each.danger_now, "en") for each in two * 3]
        others = [of_report(each.pk, not each.danger_now, "en") for each in two]
        none = of_report(first.pk, first.danger_now, "fr")
    assert [[row.report for row in one] for one in rows] == [[first], [second]] * 3
    assert (others, none) == ([[], []], [])
    # Once with marks and once to compare, for danger and for none; and never again.
    assert len(BUILT) == 4
    assert len(asked) == 9, "what came with it was asked for by itself"


def test_it_gives_rows_as_django_gives_them(two):
    first, second = two
    with acting_as(PIPELINE.context):
        assert references(first.pk, second.pk) == [first.reference, second.reference]
        assert references(second.pk, second.pk) == [second.reference]
        (kept,) = written_once(items)(second.pk, second.danger_now, "en")
        anew = QueueItem.objects.get(report=second)
    assert kept == anew
    told = [field.attname for field in QueueItem._meta.concrete_fields]
    assert [getattr(kept, name) for name in told] == [getattr(anew, name) for name in told]


def test_for_a_person_it_is_written_anew(two):
    report = two[0]
    ours, theirs = make.analyst(), make.officer(make.agency("shore-police"))
    BUILT.clear()
    with acting_as(PIPELINE.context):
        assert seen_by(report.pk, PIPELINE) == [report]
        assert seen_by(report.pk, ours) == [report]
        assert seen_by(report.pk, theirs) == []
        # What a person may see changes with what they may do: nothing of it is kept.
        assert seen_by(report.pk, ours) == [report]
        assert seen_by(report.pk, ours) == [report]
        assert BUILT.count(ours) == 3
        with pytest.raises(Report.DoesNotExist):
            report_by_id(report.pk, actor=theirs)


def test_who_sees_nothing_gets_nothing_and_is_asked_anew(two):
    with acting_as(Station.PUBLIC_FORM.context):
        BUILT.clear()
        assert [seen_by(each.pk, Station.PUBLIC_FORM) for each in two] == [[], []]
        assert len(BUILT) == 2, "nothing is kept"
        with pytest.raises(Report.DoesNotExist):
            report_by_id(two[0].pk, actor=Station.PUBLIC_FORM)


@written_once
def told_lately(report: UUID) -> QuerySet[Message]:
    return Message.objects.filter(report=report, at__gt=clock.now() - timedelta(days=1))


@written_once
def of_one_alone(report: UUID) -> QuerySet[Message]:
    found = Message.objects.filter(report=report)
    return found.filter(from_reporter=True) if report == CHOSEN else found


@written_once
def whatever_it_is_asked(report: UUID) -> QuerySet[Message]:
    return Message.objects.filter(from_reporter=True)


@written_once
def as_words(report: UUID) -> QuerySet[Message]:
    return Message.objects.filter(report=report).values("pk")


CHOSEN = UUID(int=7)


@pytest.mark.parametrize("ask", [told_lately, of_one_alone, whatever_it_is_asked, as_words])
def test_what_hangs_on_more_than_its_values_is_refused(ask, db, monkeypatch):
    # A clock that stands still would let pass what looks at it.
    still = clock.now()
    monkeypatch.setattr(clock, "now", lambda: still)
    with acting_as(PIPELINE.context), pytest.raises(NotSupportedError):
        ask(CHOSEN)


def test_nothing_is_held_where_no_transaction_holds_it(two, monkeypatch):
    with acting_as(PIPELINE.context):
        assert item_of(two[0].pk, actor=PIPELINE, is_held=True).report == two[0]
        monkeypatch.setattr(connection, "get_autocommit", lambda: True)
        with pytest.raises(TransactionManagementError):
            item_of(two[0].pk, actor=PIPELINE, is_held=True)
        assert item_of(two[0].pk, actor=PIPELINE).report == two[0]

"""Questions that are written as SQL once: the same answers, and never somebody else's."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db import DataError, NotSupportedError, connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from django.utils.functional import SimpleLazyObject

from havre.agencies.rules.permits import Role
from havre.audit.rules import Actor, Station
from havre.cases.actions import open_case
from havre.cases.models import Case
from havre.intake.actions import send_message
from havre.intake.conflicts.models import but_for_our_own
from havre.intake.models import Message, Report
from havre.intake.reads import report_by_id
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.values.lists import one_of
from havre.plumbing.values.written import written_once
from havre.referrals.sending.actions import note_conflict
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


def test_whoever_looks_at_what_is_asked_or_refuses_it_is_passed_by_nothing(two):
    seen = list[str]()

    def look(execute, sql, *rest):
        seen.append(sql)
        return execute(sql, *rest)

    with acting_as(PIPELINE.context):
        before = references(two[0].pk, two[1].pk)
        with connection.execute_wrapper(look):
            assert references(two[0].pk, two[1].pk) == before
        assert len(seen) == 1
        with pytest.raises(DataError), transaction.atomic():
            broken(two[0].pk)
        assert references(two[0].pk, two[1].pk) == before


@written_once
def broken(report: UUID) -> QuerySet[Report, int]:
    found = Report.objects.filter(pk=report).annotate(none=RawSQL("1 / (file_count * 0)", []))
    return found.values_list("none", flat=True)


def test_for_people_who_act_alike_it_is_written_once_and_answers_each_for_themselves(two):
    report, other = two
    harbor, shore = (make.officer(make.agency(code)) for code in ("harbor-police", "shore-police"))
    make.referral(report, to=harbor.agency, by=make.analyst())
    make.referral(other, to=shore.agency, by=make.analyst())
    asks = written_once(seen_by)
    BUILT.clear()
    with acting_as(PIPELINE.context):
        for _ in range(2):
            assert [asks(each.pk, harbor) for each in two] == [[report], []]
            assert [asks(each.pk, shore) for each in two] == [[], [other]]
    # Once for nobody in particular, and once for whoever asked first.
    assert BUILT[1:] == [harbor]
    with acting_as(PIPELINE.context), pytest.raises(Report.DoesNotExist):
        report_by_id(report.pk, actor=shore)


def test_what_a_person_may_do_since_makes_another_question(two):
    report, analyst = two[0], make.analyst()
    asks = written_once(seen_by)
    with acting_as(PIPELINE.context):
        assert asks(report.pk, analyst) == [report]
        analyst.compartments = ["sensitive"]
        assert asks(report.pk, analyst) == []
        analyst.compartments, analyst.role = ["general"], Role.AUDITOR
        assert asks(report.pk, analyst) == []
        BUILT.clear()
        analyst.role = Role.TIPLINE_ANALYST
        assert asks(report.pk, analyst) == [report]
    assert BUILT == []


def test_for_whoever_belongs_to_two_agencies_it_is_written_anew(two):
    analyst = make.analyst()
    asks = written_once(seen_by)
    lent = replace(analyst.context, elsewhere=str(make.agency("shore-police").pk))
    somebody = SimpleNamespace(signature=analyst.signature, context=lent)
    BUILT.clear()
    with acting_as(PIPELINE.context):
        assert [asks(two[0].pk, somebody) for _ in range(2)] == [[two[0]]] * 2
    assert (len(BUILT), BUILT.count(somebody)) == (2, 2)


@written_once
def cases_seen(title: str, actor: Actor) -> QuerySet[Case]:
    BUILT.append(title)
    return Case.objects.visible_to(actor).filter(reference=title)


def test_a_wall_that_asks_the_role_besides_is_another_for_it(two):
    harbor = make.agency("harbor-police")
    detective, crown = (make.officer(harbor, role) for role in (Role.DETECTIVE, Role.CROWN_LIAISON))
    case = open_case("The man at the pier", by=detective).reference
    # At a door whoever acts is looked up when they are needed.
    at_the_door = SimpleLazyObject(lambda: crown)
    BUILT.clear()
    with acting_as(PIPELINE.context):
        for _ in range(2):
            assert [one.reference for one in cases_seen(case, detective)] == [case]
            assert cases_seen(case, at_the_door) == cases_seen(case, crown) == []
    assert len(BUILT) == 4


@written_once
def of_my_row(report: UUID, actor: Any) -> QuerySet[Report]:
    return Report.objects.filter(pk=report, provider=actor.provider_id)


@written_once
def if_there_are_any(report: UUID, actor: Any) -> QuerySet[Report]:
    seen = Report.objects.visible_to(actor).filter(pk=report)
    return seen if seen.exists() else seen.none()


@pytest.mark.parametrize("ask", [of_my_row, if_there_are_any])
def test_what_asks_more_of_a_person_or_asks_while_it_is_written_is_refused(ask, two):
    analyst = make.analyst()
    with acting_as(PIPELINE.context), pytest.raises(NotSupportedError):
        ask(two[0].pk, analyst)


@written_once
def among(reports: tuple[UUID, ...], actor: Actor) -> QuerySet[Report, str]:
    BUILT.append(reports)
    seen = Report.objects.visible_to(actor).filter(one_of("pk", reports))
    return seen.order_by("reference").values_list("reference", flat=True)


def test_a_list_is_one_value_however_long_it_is(two):
    ids = tuple(each.pk for each in two)
    BUILT.clear()
    with acting_as(PIPELINE.context):
        assert among(ids, PIPELINE) == sorted(each.reference for each in two)
        assert [among((each.pk,), PIPELINE) for each in two] == [[o.reference] for o in two]
        assert among((), PIPELINE) == []
    assert len(BUILT) == 4, "the empty list is a question of its own"


@written_once
def kept_from(report: UUID, actor: Actor) -> QuerySet[Report]:
    BUILT.append(actor)
    return but_for_our_own(Report.objects.filter(pk=report), actor, "pk")


def test_what_is_looked_up_for_a_wall_is_looked_up_at_every_look(two):
    report, detective = two[0], make.officer(make.agency("harbor-police"))
    with acting_as(PIPELINE.context):
        assert kept_from(report.pk, detective) == [report]
    BUILT.clear()
    note_conflict(report, agency=detective.agency, by=make.analyst())
    with acting_as(PIPELINE.context):
        assert kept_from(report.pk, detective) == []
        assert kept_from(report.pk, make.officer(make.agency("shore-police"))) == [report]
    assert BUILT == []


@written_once
def told_by_now(report: UUID) -> QuerySet[Message]:
    return Message.objects.filter(report=report, at__lte=clock.now())


def test_the_present_moment_is_that_of_each_look(two):
    report, analyst = two[0], make.analyst()
    now = clock.now()
    with clock.clock_set_to(now):
        word = send_message(report, "Which pier?", by=analyst)
    with acting_as(PIPELINE.context):
        for _ in range(2):
            with clock.clock_set_to(now - timedelta(days=1)):
                assert told_by_now(report.pk) == []
            with clock.clock_set_to(now + timedelta(days=1)):
                assert told_by_now(report.pk) == [word]


def test_who_sees_nothing_gets_nothing_and_is_asked_anew(two):
    with acting_as(Station.PUBLIC_FORM.context):
        BUILT.clear()
        asks = written_once(seen_by)
        assert [asks(each.pk, Station.PUBLIC_FORM) for each in two] == [[], []]
        assert len(BUILT) == 4, "nothing is kept"
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

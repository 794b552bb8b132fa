"""The demo world: the same every time, bland, complete, and only in an empty database."""

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import rfc8785
from django.apps import apps
from django.db import models

from havre.agencies.actions import load_agencies
from havre.agencies.models import Officer
from havre.agencies.rules.directory import shipped_agencies
from havre.agencies.rules.permits import Permit, Role, may
from havre.audit.rules import Station
from havre.cases.abroad.dispatches.models import Dispatch
from havre.cases.abroad.enclosures.models import Enclosure
from havre.cases.abroad.models import Assessment, Exchange
from havre.cases.abroad.passing.models import Fetch, PassedDocument
from havre.cases.abroad.rules.states import WAITING, ExchangeState
from havre.cases.bulletins.models import Notice
from havre.identifiers.models import Mention
from havre.intake.actions import open_by_receipt, open_report
from havre.intake.form_tokens import holder_of
from havre.intake.models import Message, Report
from havre.intake.reads import OpenedReport
from havre.intake.rules.receipts import secret_of
from havre.intake.rules.submission import Channel, as_tree
from havre.intake.splits.models import Part
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.environment import CLONE
from havre.referrals.models import Outcome, Referral
from havre.referrals.rules.outcomes import ReferralState
from havre.triage.duty.reads import on_call_now
from havre.triage.interpreting.sheets.models import Sheet
from havre.triage.models import QueueItem
from havre.triage.paging.models import Call, Page
from havre.triage.paging.rules.ladder import PageEnd, PageKind, Rung
from havre.triage.reads import queue_page
from havre.wiring import demo
from havre.wiring.country.plan import ALL_REPORTS, Mark, Plan, plans
from havre.wiring.country.texts import abroad, people, stories, suspects
from tests.database import clone_template, use_database

SMALL = 40
NOW = datetime(2026, 11, 25, 19, 30, tzinfo=UTC)
# Sealed, keyed by this installation's peppers, or salted: they differ each time, and should.
DIFFERENT_EACH_TIME = {
    "digest",
    "digests",
    "files",
    "holds",
    "lookup",
    "password",
    "kek_id",
    "values",
}
EMAIL = re.compile(r"[\w.+-]+@[\w.-]+")
PHONE = re.compile(r"(?<![\w.])(?:\+?1[ -]?)?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?![\w.])")
ADDRESS = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")
LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
FOR_EXAMPLES = ("192.0.2.", "198.51.100.", "203.0.113.")


@pytest.fixture(autouse=True)
def _on_a_day_of_our_own(monkeypatch):
    monkeypatch.setenv(demo.TODAY, "2026-11-25")


def make_small() -> list[tuple[int, int]]:
    shown: list[tuple[int, int]] = []
    demo.make_world(lambda done, of: shown.append((done, of)), reports=SMALL)
    return shown


def canonical_dump() -> list[str]:
    """Every row of ours in clear columns, and every report as it was told, sorted."""
    with acting_as(Station.SET_UP.context):
        rows = [line for model in apps.get_models() for line in dumped(model)]
    told = [
        rfc8785.dumps([opened.report.reference, as_tree(opened.submission)]).decode()
        for opened in opened_reports()
    ]
    return sorted(rows) + told


def dumped(model: type[models.Model]) -> Iterator[str]:
    if not model.__module__.startswith("havre."):
        return
    fields = [
        field
        for field in model._meta.concrete_fields
        if not isinstance(field, models.BinaryField) and field.name not in DIFFERENT_EACH_TIME
    ]
    for row in model.objects.all():
        values = {field.attname: plain(getattr(row, field.attname)) for field in fields}
        yield rfc8785.dumps([model._meta.label, values]).decode()


def plain(value: object) -> object:
    if isinstance(value, (dict, list, bool, int, type(None))):
        return value
    return value.isoformat() if isinstance(value, datetime) else str(value)


def opened_reports() -> list[OpenedReport]:
    with acting_as(Station.PIPELINE.context):
        references = list(Report.objects.order_by("id").values_list("reference", flat=True))
        return [open_report(reference, by=Station.PIPELINE) for reference in references]


def all_plans() -> list[Plan]:
    return plans(now=NOW, reports=ALL_REPORTS)


@pytest.mark.real_commits
def test_two_runs_make_the_same_world_and_it_holds_what_was_planted(own_database):
    template, name = own_database
    assert demo.is_empty()
    assert not demo.is_demo_world()

    assert make_small() == [(done, SMALL) for done in range(1, SMALL + 1)]
    first = canonical_dump()
    assert demo.is_demo_world()
    assert not demo.is_empty()
    all_that_was_planted_is_there()

    use_database(clone_template(template, name))
    make_small()
    assert len(first) > 10 * SMALL
    assert canonical_dump() == first


def all_that_was_planted_is_there() -> None:
    with acting_as(Station.SET_UP.context):
        two_agencies_take_on_one_suspect()
        nothing_lies_in_the_future()
        assert Report.objects.filter(subject_age_class="12-17").exists()
        assert Report.objects.filter(quarantined=True).exists()
        assert QueueItem.objects.filter(needs_attention=True).count() == 1
        assert Message.objects.filter(from_reporter=True).exists()
        assert Message.objects.filter(from_reporter=False).exists()
        assert Outcome.objects.exists()
        assert not QueueItem.objects.filter(band="").exists()
        what_passed_abroad_and_hangs_on_the_boards()
        somebody_is_on_call_wherever_a_rota_is_kept()
        assert [*Part.objects.values_list("done_as", flat=True)] == ["referred", "", "closed"]
        assert [one.language for one in Sheet.objects.open()] == ["es"]
    the_immediate_ones_stand_on_top()
    the_shown_receipt_opens_a_report_with_an_answer()
    everything_in_it_is_invented()
    a_second_world_is_refused()


def what_passed_abroad_and_hangs_on_the_boards() -> None:
    assert set(Exchange.objects.values_list("state", flat=True)) == set(ExchangeState) - {
        ExchangeState.RECEIVED
    }
    assert not Exchange.objects.filter(made_at__gt=NOW).exists()
    assert set(Dispatch.objects.values_list("partner__code", flat=True)) == {
        "nca",
        "ncmec",
        "ofmin",
    }
    # One of each waits: for a second person, past its moment, for the desk to look.
    assert Assessment.objects.filter(is_escalated=True, decision="").count() == 1
    assert Exchange.objects.filter(state__in=WAITING, due_at__lt=NOW).exists()
    assert Exchange.objects.filter(has_news=True).exists()
    documents_came_and_were_passed_on()
    assert {one.expires_at < NOW for one in Notice.objects.all()} == {False, True}
    for text in (str(row) for rows in abroad().values() for row in rows):
        assert_bland(text)


def somebody_is_on_call_wherever_a_rota_is_kept() -> None:
    keeping = Officer.objects.filter(role__in=(r for r in Role if may(r, Permit.ROTA_KEEP)))
    desks = set(keeping.values_list("agency", flat=True))
    assert len(desks) > 5
    with clock.clock_set_to(NOW):
        for desk in desks:
            assert len(on_call_now(desk, actor=Station.SET_UP)) == 1
    # Who was on call there was called for what was sent in IMMEDIATE, until somebody answered it.
    answered = Page.objects.filter(kind=PageKind.REFERRAL, ended_because=PageEnd.ANSWERED)
    calls = Call.objects.filter(page__in=answered, rung=Rung.ON_CALL, sent_at__isnull=False)
    assert calls.exists()


def documents_came_and_were_passed_on() -> None:
    """A request and its annex went on to an agency, and what came after waits to be assessed."""
    (came,) = Exchange.objects.filter(pk__in=Enclosure.objects.values("dispatch__exchange"))
    assert Enclosure.objects.count() == 3
    passed = PassedDocument.objects.filter(exchange=came, taken_back_at=None, withdrawn_at=None)
    assert [one.to_agency.code for one in passed] == ["toronto-police"] * 2
    assert [one.by.username for one in Fetch.objects.all()] == ["demo-detective"]
    assessed = Assessment.objects.filter(exchange=came).latest("pk")
    assert assessed.revision < came.revision


def two_agencies_take_on_one_suspect() -> None:
    handle = suspects()[0].handle
    named = Mention.objects.filter(kind="handle", clear__iendswith=f":{handle}", role="suspect")
    taken = Referral.objects.filter(
        report__in=[mention.record_id for mention in named],
        state__in=[ReferralState.ACCEPTED, ReferralState.CLOSED],
    )
    codes = set(taken.values_list("to_agency__code", flat=True))
    assert {"toronto-police", "spvm"} <= codes


def nothing_lies_in_the_future() -> None:
    assert not Report.objects.filter(received_at__gt=NOW).exists()
    assert not Message.objects.filter(at__gt=NOW).exists()
    assert not Outcome.objects.filter(at__gt=NOW).exists()


def the_immediate_ones_stand_on_top() -> None:
    analyst = Officer.objects.get(username="demo-analyst")
    with acting_as(analyst.context):
        bands = [row.item.band for row in queue_page(actor=analyst).rows]
    assert bands[0] == "A"
    assert bands == sorted(bands)


def the_shown_receipt_opens_a_report_with_an_answer() -> None:
    line = next(line for line in demo.sign_ins() if line.startswith("reporter"))
    words = " ".join(line.removeprefix("reporter who comes back").split()[:8])
    opened, _ = open_by_receipt(by=holder_of(secret_of(words).secret))
    assert {said.from_reporter for said in opened.messages} == {False, True}


def everything_in_it_is_invented() -> None:
    opened = opened_reports()
    texts = [rfc8785.dumps(as_tree(each.submission)).decode() for each in opened]
    texts += [said.text for each in opened for said in each.messages]
    for text in texts:
        assert_bland(text)


def assert_bland(text: str) -> None:
    assert not LINK.search(text)
    assert all(found.endswith("@example.com") for found in EMAIL.findall(text)), text
    assert all(re.search(r"\D555\D01\d\d$", found) for found in PHONE.findall(text)), text
    assert all(found.startswith(FOR_EXAMPLES) for found in ADDRESS.findall(text)), text


def a_second_world_is_refused() -> None:
    with pytest.raises(demo.DemoRefusedError, match="There is something in this database"):
        make_small()
    with acting_as(Station.SET_UP.context):
        # Beside the plan, one that is split.
        assert Report.objects.count() == SMALL + 1


@pytest.mark.real_commits
def test_a_database_with_anything_in_it_is_refused_and_left_alone():
    load_agencies(shipped_agencies()[:1], by=Station.SET_UP)
    assert not demo.is_empty()
    with pytest.raises(demo.DemoRefusedError, match="There is something in this database"):
        make_small()
    assert not demo.is_demo_world()
    with acting_as(Station.SET_UP.context):
        assert not Officer.objects.exists()


@pytest.mark.real_commits
def test_a_world_that_is_not_finished_leaves_an_empty_database():
    class StopHereError(Exception):
        pass

    def stop(done: int, of: int) -> None:
        if done == 3:
            raise StopHereError

    with pytest.raises(StopHereError):
        demo.make_world(stop, reports=SMALL)
    assert demo.is_empty()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "moment",
    [
        # In Toronto: an evening after the day's shift; at night, ninety-one days after the night in
        # which the clock went forward.
        "2026-11-30T00:18Z",
        "2026-06-07T06:30Z",
    ],
)
def test_a_world_is_made_at_whatever_hour_it_is(monkeypatch, moment):
    monkeypatch.delenv(demo.TODAY)
    with clock.clock_set_to(datetime.fromisoformat(moment)):
        demo.make_world(lambda _done, _all: None, reports=24)
    assert demo.is_demo_world()


def test_a_day_that_is_none_is_refused_with_a_sentence(monkeypatch):
    monkeypatch.setenv(demo.TODAY, "someday")
    with pytest.raises(demo.DemoRefusedError, match="Write a day such as 2026-11-25"):
        demo.the_moment()


def test_the_whole_plan_holds_what_was_promised():
    planned = all_plans()
    marks = Counter(mark for plan in planned for mark in plan.marks)
    assert len(planned) == ALL_REPORTS
    assert marks[Mark.VIRAL] == 40
    assert marks[Mark.YOUNG_SUSPECT] == 6
    assert marks[Mark.QUARANTINED] == 2
    assert marks[Mark.PARKED] == marks[Mark.RECEIPT_SHOWN] == 1
    assert marks[Mark.NO_PLACE] == marks[Mark.NO_IDENTIFIER] == 10
    named = Counter(plan.suspect.handle for plan in planned if plan.suspect)
    assert named == {suspect.handle: suspect.reports for suspect in suspects()}
    assert len(named) == 12
    assert all(3 <= count <= 9 for count in named.values())
    waiting = Counter(plan.band for plan in planned if plan.dealt_with_at is None)
    assert waiting.total() == 120
    assert 0.35 < sum(p.channel is Channel.ISPWS for p in planned) / ALL_REPORTS < 0.45
    assert 0.28 < sum(p.language == "fr" for p in planned) / ALL_REPORTS < 0.42


def test_the_plan_fills_ninety_days_and_ends_minutes_ago():
    planned = all_plans()
    assert (NOW - planned[0].at).days >= 85
    assert (NOW - planned[-1].at).total_seconds() < 15 * 60
    assert all(plan.at <= NOW for plan in planned)
    assert all(plan.at < plan.dealt_with_at < NOW for plan in planned if plan.dealt_with_at)


def test_every_story_is_told_in_both_languages():
    def kinds(language: str) -> list[tuple[str, str, str, int]]:
        return [
            (story.channel, story.band, story.happening, len(story.sentences))
            for story in stories(language)
        ]

    assert kinds("en") == kinds("fr")
    for language in ("en", "fr"):
        for story in stories(language):
            for sentence in (*sum(story.sentences, ()), story.meeting, story.escalation):
                assert_bland(sentence)


def test_every_role_can_sign_in_and_the_others_cannot():
    told = people()
    shown = [row for row in told["officer"] if "shown" in row]
    assert {row["role"] for row in shown} == set(Role)
    lines = demo.sign_ins()
    for row in shown:
        assert any(f"{row['username']} / {told['password']}" in line for line in lines)
    for row in told["provider"]:
        assert any(f"curl -u {row['code']}:{row['key']}" in line for line in lines)


@pytest.mark.real_commits
def test_the_demo_command_says_no_to_a_database_that_is_no_demo():
    load_agencies(shipped_agencies()[:1], by=Station.SET_UP)
    done = subprocess.run(
        [sys.executable, "-m", "havre", "demo"],
        cwd=CLONE,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3, done.stderr
    with acting_as(Station.SET_UP.context):
        assert not Report.objects.exists()

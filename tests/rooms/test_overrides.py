"""A person sets another lane than the rules: with a reason, by two where a child could wait."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from havre.agencies.reads import the_tipline
from havre.agencies.rules.permits import Compartment, Role
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.intake.models import Report
from havre.oversight.actions import read_measures
from havre.plumbing.context import acting_as
from havre.triage.actions import (
    AlreadyClaimedError,
    claim_report,
    put_in_queue,
    read_queue,
    score_report,
)
from havre.triage.models import Override, QueueItem
from havre.triage.overrides.actions import confirm_lane, end_lane, set_lane
from havre.triage.overrides.rules import (
    NoOverrideError,
    NotScoredError,
    OverrideReason,
    OverrideState,
    OwnOverrideError,
    SameLaneError,
    check_lane,
    due,
    needs_second,
    still_holds,
)
from havre.triage.rules.words import Band
from tests import make
from tests.pages import assert_sound

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
MINUTES = {Band.A: 15, Band.B: 480, Band.C: 7200, Band.D: 43200}
CALM = "I saw an odd page about boats."
DANGER = "I am 14 and I am in danger now, he is in the house."
WHY = {"reason": OverrideReason.CONTEXT, "note": "The school called about it."}


@pytest.mark.parametrize("scored", ["", *Band])
@pytest.mark.parametrize("to", Band)
def test_only_an_immediate_report_that_is_lowered_needs_two(scored, to):
    assert needs_second(scored=scored, to=to) == (scored == "A" and to != "A")


@pytest.mark.parametrize("scored", Band)
@pytest.mark.parametrize("to", Band)
@pytest.mark.parametrize("anew", Band)
def test_no_override_ever_hides_more_danger_than_its_author_saw(scored, to, anew):
    holds = still_holds(scored_then=scored, scored_now=anew, to=to)

    if to > scored and anew < scored:
        assert not holds
    if to == anew:
        assert not holds
    if to < scored and anew == scored:
        assert holds


def test_what_changes_nothing_or_lowers_the_unread_is_refused():
    with pytest.raises(SameLaneError):
        check_lane(scored="C", standing="B", to=Band.B)
    with pytest.raises(NotScoredError):
        check_lane(scored="", standing="", to=Band.C)
    check_lane(scored="", standing="", to=Band.A)
    check_lane(scored="C", standing="B", to=Band.C)


def test_what_is_raised_late_is_not_late_at_once_and_never_later_than_before():
    received, now = NOW - timedelta(days=3), NOW
    raised = due(MINUTES, received_at=received, set_at=now, scored="C", to=Band.A)
    soon = due(
        MINUTES, received_at=received, set_at=received + timedelta(hours=119), scored="C", to=Band.B
    )
    lowered = due(MINUTES, received_at=received, set_at=now, scored="B", to=Band.D)

    assert raised == now + timedelta(minutes=15)
    assert soon == received + timedelta(minutes=7200)
    assert lowered == received + timedelta(minutes=43200)


@pytest.fixture
def harbor(db):
    return make.directory()


@pytest.fixture
def analyst(harbor):
    return make.analyst()


@pytest.fixture
def colleague(harbor):
    return make.analyst()


def lines(event: Event) -> list[Entry]:
    with acting_as(Station.PIPELINE.context):
        return list(Entry.objects.filter(event=event).order_by("id"))


def item_of(report: Report) -> QueueItem:
    with acting_as(Station.PIPELINE.context):
        return QueueItem.objects.get(report=report)


def references(officer, **chosen) -> list[str]:
    return [row.report.reference for row in read_queue(**chosen, by=officer).rows]


def test_a_raise_stands_at_once_beside_the_score_it_does_not_touch(analyst):
    calm, danger = make.report(CALM, people=()), make.report(DANGER)
    before = item_of(calm)

    override = set_lane(calm.reference, to=Band.A, **WHY, by=analyst)

    after = item_of(calm)
    assert override.state is OverrideState.IN_FORCE
    assert (after.band, after.rule_band) == ("A", before.band)
    assert (after.risk, after.rule, after.reasons) == (before.risk, before.rule, before.reasons)
    assert after.review_by < before.review_by
    assert set(references(analyst, lane="A")) == {calm.reference, danger.reference}
    (line,) = lines(Event.REPORT_RANKED)
    assert (line.details["scored"], line.details["to"]) == (before.band, "A")
    assert WHY["note"] not in str(line.details)


def test_an_immediate_report_is_lowered_by_two_and_by_nobody_alone(analyst, colleague):
    report = make.report(DANGER)

    asked = set_lane(report.reference, to=Band.C, **WHY, by=analyst)

    assert asked.state is OverrideState.TO_CONFIRM
    assert item_of(report).band == "A"
    with pytest.raises(OwnOverrideError):
        confirm_lane(report.reference, by=analyst)
    assert references(analyst, lane="confirm") == []
    assert references(colleague, lane="confirm") == [report.reference]
    confirm_lane(report.reference, by=colleague)
    assert item_of(report).band == "C"
    assert references(colleague, lane="confirm") == []
    with pytest.raises(NoOverrideError):
        confirm_lane(report.reference, by=colleague)


def test_the_database_refuses_that_one_person_lowers_alone(analyst):
    report = make.report(DANGER)
    asked = set_lane(report.reference, to=Band.C, **WHY, by=analyst)

    with (
        pytest.raises(IntegrityError, match="a_lowered_lane_is_confirmed_by_another_person"),
        acting_as(analyst.context),
        transaction.atomic(),
    ):
        Override.objects.filter(pk=asked.pk).update(confirmed_by=analyst)


def test_a_colleague_may_leave_it_in_its_lane(analyst, colleague):
    report = make.report(DANGER)
    before = item_of(report)
    set_lane(report.reference, to=Band.D, **WHY, by=analyst)

    end_lane(report.reference, by=colleague)

    after = item_of(report)
    assert (after.band, after.rank, after.review_by) == ("A", before.rank, before.review_by)
    with pytest.raises(NoOverrideError):
        end_lane(report.reference, by=colleague)
    assert len(lines(Event.RANKING_ENDED)) == 1


def test_a_report_without_a_score_can_be_raised_and_keeps_that_when_it_is_scored(analyst):
    report = make.report(CALM, people=(), walks=False)
    put_in_queue(report.pk, by=Station.PIPELINE)

    with pytest.raises(NotScoredError):
        set_lane(report.reference, to=Band.D, **WHY, by=analyst)
    set_lane(report.reference, to=Band.A, **WHY, by=analyst)
    assert (item_of(report).band, item_of(report).rule_band) == ("A", "")
    (row,) = read_queue(by=analyst).rows
    assert row.title == ""
    score_report(report.pk, by=Station.PIPELINE)

    scored = item_of(report)
    assert scored.band == "A"
    assert scored.rule_band > "A"
    end_lane(report.reference, by=analyst)
    assert item_of(report).band == scored.rule_band


@pytest.mark.parametrize("facts", [{"danger_now": True}, {"quarantined": True}, {}])
def test_given_back_without_a_score_it_stands_where_it_came(analyst, facts):
    report = make.report(CALM, people=(), walks=False, **facts)
    put_in_queue(report.pk, by=Station.PIPELINE)
    before = item_of(report).rank
    set_lane(report.reference, to=Band.A, **WHY, by=analyst)

    end_lane(report.reference, by=analyst)

    assert item_of(report).rank == before


def test_a_new_score_that_sees_more_danger_ends_a_lowering(analyst):
    report = make.report("A man writes to my daughter, she is 12.", people=())
    before = item_of(report)
    assert before.band == "B"
    set_lane(report.reference, to=Band.D, **WHY, by=analyst)
    score_report(report.pk, by=Station.PIPELINE)
    assert item_of(report).band == "D"

    with acting_as(Station.PIPELINE.context):
        Override.objects.filter(report=report).update(scored_band="C")
    score_report(report.pk, by=Station.PIPELINE)

    assert item_of(report).band == "B"
    with acting_as(Station.PIPELINE.context):
        ended = Override.objects.get(report=report)
    assert (ended.state, ended.ended_by) == (OverrideState.ENDED, None)


def test_one_override_replaces_another_and_back_to_the_rules_is_a_lane_too(analyst):
    report = make.report(CALM, people=())
    by_rule = item_of(report).band
    set_lane(report.reference, to=Band.A, **WHY, by=analyst)

    with pytest.raises(SameLaneError):
        set_lane(report.reference, to=Band.A, **WHY, by=analyst)
    set_lane(report.reference, to=Band.B, **WHY, by=analyst)

    with acting_as(Station.PIPELINE.context):
        states = [one.state for one in Override.objects.order_by("id")]
    assert states == [OverrideState.ENDED, OverrideState.IN_FORCE]
    end_lane(report.reference, by=analyst)
    assert item_of(report).band == by_rule


def test_what_a_colleague_has_in_hand_or_one_may_not_see_is_not_moved(analyst, colleague):
    report = make.report(CALM, people=())
    hidden = make.report(CALM, people=(), compartment=Compartment.OWN_STAFF_NAMED)
    claim_report(report.reference, by=colleague)

    with pytest.raises(AlreadyClaimedError):
        set_lane(report.reference, to=Band.A, **WHY, by=analyst)
    with pytest.raises(Report.DoesNotExist):
        set_lane(hidden.reference, to=Band.A, **WHY, by=analyst)


def test_the_measures_count_what_persons_overruled(analyst, colleague):
    supervisor = make.officer(the_tipline(), Role.SUPERVISOR)
    calm, first, second = make.report(CALM, people=()), make.report(DANGER), make.report(DANGER)
    set_lane(calm.reference, to=Band.A, **WHY, by=analyst)
    for danger in (first, second):
        set_lane(danger.reference, to=Band.C, **WHY, by=analyst)
    confirm_lane(first.reference, by=colleague)

    found = read_measures(30, by=supervisor).decisions

    assert (found.raised, found.lowered, found.waiting) == (1, 1, 1)
    assert dict(found.reasons) == {"context": 2}
    assert {(one.raised, one.lowered) for one in found.rules} == {(1, 0), (0, 1)}
    for address, said in (
        ("/en/measures", "Lanes set by hand"),
        ("/fr/mesures", "Voies fixées à la main"),
    ):
        page = make.browser(supervisor).get(address)
        assert said in page.content.decode()
        assert_sound(page.content)


@pytest.mark.parametrize(
    ("part", "words", "said"),
    [
        ("en/reports", ("lane", "confirm-lane", "end-lane"), "Waits for a second person"),
        ("fr/signalements", ("voie", "confirmer-voie", "voie-par-regle"), "Attend une deuxième"),
    ],
)
def test_the_desk_sets_confirms_and_ends_by_its_page(analyst, colleague, part, words, said):
    report = make.report(DANGER)
    page = f"/{part}/{report.reference}"
    mine, theirs = make.browser(analyst), make.browser(colleague)
    typed = {"to": "C", "reason": "context", "note": WHY["note"]}

    same = mine.post(f"{page}/{words[0]}", typed | {"to": "A"})
    empty = mine.post(f"{page}/{words[0]}", {})
    own = mine.post(f"{page}/{words[0]}", typed, follow=True)
    mine.post(f"{page}/{words[1]}")
    assert item_of(report).band == "A"
    seen = theirs.get(page)
    theirs.post(f"{page}/{words[1]}")
    lowered = item_of(report).band
    row = theirs.get("/en/queue")
    theirs.post(f"{page}/{words[2]}")

    assert (same.status_code, empty.status_code) == (422, 422)
    for answer in (same, empty, own, seen, row):
        assert_sound(answer.content)
    assert said in own.content.decode()
    assert WHY["note"] in seen.content.decode()
    assert lowered == "C"
    assert "lane set by hand" in row.content.decode()
    assert item_of(report).band == "A"
    ended = mine.post(f"{page}/{words[2]}", follow=True)
    assert ended.status_code == 200

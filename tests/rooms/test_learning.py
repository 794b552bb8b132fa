"""What waits learns of a new report that is tied to it: it rises, never falls, and says why."""

from dataclasses import replace
from random import Random
from uuid import UUID

import pytest
from django.db import connection, transaction

from havre.agencies.rules.permits import Compartment
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.intake.models import Report
from havre.intake.rules.submission import GivenIdentifier, Person, PersonRole
from havre.links.reads import linked_to
from havre.links.rules.explaining import Shared, Strength, explain
from havre.plumbing.context import acting_as
from havre.triage.actions import score_report
from havre.triage.learning.actions import learn_of
from havre.triage.learning.reads import MOST_TOLD, that_learn_of
from havre.triage.learning.rules import seen_from_there
from havre.triage.models import QueueItem
from havre.triage.overrides.actions import set_lane
from havre.triage.overrides.rules import OverrideReason
from havre.triage.paging.reads import page_waiting_for
from havre.triage.rules.words import Band
from havre.wiring.route import let_older_learn
from tests import make

CALM = "I saw an odd page about boats."
DANGER = "I am 14 and I am in danger now, he is in the house."


@pytest.fixture
def harbor(db):
    return make.directory()


def told_of(name: str, narrative: str = CALM, **facts) -> Report:
    identifier = GivenIdentifier(kind="email", value=f"{name}@example.com")
    people = (Person(role=PersonRole.SUSPECT, identifiers=(identifier,)),)
    return make.report(narrative, people=people, **facts)


def known_by(*held: tuple[str, str], narrative: str = CALM) -> Report:
    identifiers = tuple(GivenIdentifier(kind=kind, value=value) for kind, value in held)
    return make.report(
        narrative, people=(Person(role=PersonRole.SUSPECT, identifiers=identifiers),)
    )


def item_of(report: Report | UUID) -> QueueItem:
    with acting_as(Station.PIPELINE.context):
        return QueueItem.objects.get(report=report)


def learn(report: Report) -> int:
    return let_older_learn(report.pk)


def asked_for() -> list[UUID]:
    """The reports of which the route asked that older ones learn."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT args ->> 'report' FROM procrastinate_jobs WHERE task_name = 'learn'")
        return [UUID(pk) for (pk,) in cursor.fetchall()]


def lines(report: Report) -> list[Entry]:
    with acting_as(Station.PIPELINE.context):
        found = Entry.objects.filter(event=Event.REPORT_RESCORED, about=str(report.pk))
        return list(found.order_by("id"))


def test_a_calm_report_rises_when_an_immediate_one_of_the_same_person_comes(harbor):
    analyst = make.analyst()
    older, stranger = told_of("grebe"), told_of("heron")
    before, beside = item_of(older), item_of(stranger)
    newer = told_of("grebe", DANGER)
    assert item_of(newer).band == Band.A

    assert learn(newer) == 1

    after = item_of(older)
    assert after.band == after.scored_band == Band.A < before.band
    assert (after.rank, after.raised_from, after.raised_by_id) == (0, before.band, newer.pk)
    assert before.review_by > after.review_by >= after.raised_at
    assert item_of(stranger).risk == beside.risk
    with acting_as(analyst.context):
        assert page_waiting_for(older.pk, actor=analyst), "somebody is called for what rose"
    page = make.browser(analyst)
    shown = page.get(f"/en/reports/{older.reference}").content.decode()
    assert "because this report came, which is tied to it:" in shown
    assert f'<a class="mono" href="/en/reports/{newer.reference}">' in shown
    assert "raised by a later report" in page.get("/en/queue").content.decode()
    french = page.get(f"/fr/signalements/{older.reference}").content.decode()
    assert "qui y est lié, est arrivé" in french
    assert "raised" not in page.get(f"/en/reports/{stranger.reference}").content.decode()


def test_the_route_asks_for_it_where_something_is_tied_and_only_there(harbor):
    told_of("heron")
    told_of("grebe")
    newer = told_of("grebe", DANGER)
    assert asked_for() == [newer.pk]
    assert "older" in item_of(newer).done_steps


def test_who_was_found_when_it_was_scored_learns_and_nobody_is_looked_for_again(harbor):
    older = [told_of("grebe") for _ in range(3)]
    unscored, passed_on, stranger = *older[:2], told_of("heron")
    newer = told_of("grebe", DANGER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT args ->> 'older' FROM procrastinate_jobs WHERE task_name = 'learn'")
        named = [UUID(each) for each in cursor.fetchall()[-1][0].split()]
    assert set(named) == {report.pk for report in older}
    with acting_as(Station.PIPELINE.context):
        assert named == that_learn_of(newer.pk, actor=Station.PIPELINE)
        QueueItem.objects.filter(report=unscored).update(rule="", reasons=[])
        QueueItem.objects.filter(report=passed_on).delete()

    assert let_older_learn(newer.pk, named=named) == 1

    assert item_of(older[2]).band == Band.A < item_of(stranger).band
    assert not lines(unscored) + lines(passed_on)


def test_once_more_changes_nothing_and_every_time_leaves_a_line(harbor):
    older, newer = told_of("grebe"), told_of("grebe", DANGER)
    learn(newer)
    once = item_of(older)

    assert learn(newer) == 0

    again = item_of(older)
    assert (again.rank, again.risk, again.review_by, again.raised_at) == (
        once.rank, once.risk, once.review_by, once.raised_at,
    )  # fmt: skip
    assert [line.details["rose"] for line in lines(older)] == [True, False]
    assert lines(older)[0].details["newcomer"] == str(newer.pk)


def test_a_lane_set_by_hand_stays_and_the_page_says_what_the_rules_ask_for(harbor):
    analyst = make.analyst()
    older = told_of("grebe")
    set_lane(
        older.reference, to=Band.B, reason=OverrideReason.CONTEXT, note="The school.", by=analyst
    )
    by_hand = item_of(older)

    learn(told_of("grebe", DANGER))

    after = item_of(older)
    assert (after.band, after.rank, after.review_by) == (
        by_hand.band, by_hand.rank, by_hand.review_by,
    )  # fmt: skip
    assert after.scored_band == Band.A
    page = make.browser(analyst)
    shown = page.get(f"/en/reports/{older.reference}").content.decode()
    assert "A person set the lane it stands in, and that holds." in shown
    assert "rules ask for more" in page.get("/en/queue").content.decode()


def test_a_danger_that_went_lowers_nobody(harbor):
    older, newer = told_of("grebe"), told_of("grebe", DANGER)
    learn(newer)
    with acting_as(Station.PIPELINE.context):
        QueueItem.objects.filter(report=newer).delete()

    learn(told_of("grebe"))

    assert item_of(older).band == Band.A


def test_nothing_is_told_across_compartments_of_the_passed_on_or_of_a_crowds_value(harbor):
    walled = told_of("grebe", DANGER, compartment=Compartment.CONFLICT_OF_INTEREST)
    older, passed = told_of("grebe"), told_of("grebe")
    make.referral(passed, to=harbor, by=make.analyst())
    child = Person(
        role=PersonRole.VICTIM,
        identifiers=(GivenIdentifier(kind="email", value="grebe@example.com"),),
    )
    victims = make.report(CALM, people=(child,))
    with acting_as(Station.PIPELINE.context):
        assert that_learn_of(walled.pk, actor=Station.PIPELINE) == []
        assert that_learn_of(older.pk, actor=Station.PIPELINE) == []
        assert that_learn_of(victims.pk, actor=Station.PIPELINE) == []
    assert not learn_of(passed.pk, newcomer=older.pk, by=Station.PIPELINE)


def test_one_new_report_makes_only_so_many_be_read_again(harbor, monkeypatch):
    assert MOST_TOLD == 20
    monkeypatch.setattr("havre.triage.learning.reads.MOST_TOLD", 2)
    older = [told_of("grebe") for _ in range(3)]
    newer = told_of("grebe", DANGER)

    learn(newer)

    assert sum(item_of(report).band == Band.A for report in older) == 2


def test_whoever_can_learn_nothing_is_not_asked(harbor):
    told = [told_of("grebe", narrative) for narrative in (CALM, DANGER, CALM)]
    for report in told:
        learn(report)
    before = [item_of(report).risk for report in told]

    fourth = told_of("grebe")

    assert fourth.pk not in asked_for()
    assert learn(fourth) == 0
    assert [item_of(report).risk for report in told] == before
    assert not [line for report in told for line in lines(report) if _is_of(line, fourth)]
    with acting_as(Station.PIPELINE.context):
        # The incidents of a split one have scores of their own.
        QueueItem.objects.filter(report=told[0]).update(open_incidents=1)
        assert that_learn_of(fourth.pk, actor=Station.PIPELINE) == [told[0].pk]


def _is_of(line: Entry, newcomer: Report) -> bool:
    return line.details["newcomer"] == str(newcomer.pk)


def test_one_that_is_being_scored_at_this_moment_is_asked_all_the_same(harbor):
    told = [told_of("grebe", narrative) for narrative in (CALM, DANGER, CALM)]
    for report in told:
        learn(report)
    with acting_as(Station.PIPELINE.context):
        QueueItem.objects.filter(report=told[0]).update(rule="", reasons=[])

    fourth = told_of("grebe")

    assert asked_for()[-1] == fourth.pk
    with acting_as(Station.PIPELINE.context):
        assert that_learn_of(fourth.pk, actor=Station.PIPELINE) == []


@pytest.mark.parametrize("seed", [4, 13, 29])
def test_nobody_who_is_left_out_would_rise(harbor, seed):
    """Whoever is not asked is scored anew all the same, and stands where it stood."""
    by, chance = Station.PIPELINE, Random(seed)
    filed: list[Report] = []
    for _ in range(14):
        newest = make.report(chance.choice([CALM, CALM, DANGER]), people=(_somebody(chance),))
        with acting_as(by.context):
            told = that_learn_of(newest.pk, actor=by)
            for each in linked_to(newest.pk, actor=by):
                if each.explanation.strength is not Strength.WEAK and each.report not in told:
                    item, fresh = item_of(each.report), _scored_anew(each.report)
                    assert (fresh.rule_band, -fresh.risk) >= (item.rule_band, -item.risk)
        learn(newest)
        filed.append(newest)
    assert any(line.details["rose"] for report in filed for line in lines(report))


def test_the_same_tie_may_look_stronger_from_the_other_end():
    """Of a name the other end may have forms that resemble it; what shares a value may differ."""
    alone = {"roles": ("suspect", "suspect"), "fields": ("", ""), "shown": "192.0.2.1"}
    address = Shared(kind="ip", seen_in=20, coherent=False, **alone)
    name = Shared(kind="handle", seen_in=2, **alone | {"shown": ":grebe"})

    def seen(*shared: Shared) -> tuple[str, str]:
        return seen_from_there(explain(shared, reports_in_all=100))

    assert seen(address) == (Strength.WEAK, Strength.POSSIBLE)
    assert seen(name)[1] is Strength.STRONG
    assert seen(replace(name, near=True)) == (Strength.WEAK, Strength.POSSIBLE)
    # What sixty are called from here may be what one is called from there, beside what is shared.
    many = replace(name, near=True, seen_in=60)
    assert seen(replace(address, seen_in=2, coherent=None), many)[1] is Strength.STRONG
    assert seen(many)[1] is not Strength.STRONG


def test_any_newcomer_that_shares_something_lets_one_catch_up_with_its_own(harbor):
    """One that became immediate since tells nobody itself; a look-alike name wakes nobody."""
    own = told_of("grebe")
    known_by(("ip", "192.0.2.2"))
    held = (("email", "grebe@example.com"), ("handle", "heron_1"))
    older = known_by(*held, ("ip", "192.0.2.1"), ("ip", "192.0.2.2"))
    reason, note = OverrideReason.CONTEXT, "The school."
    set_lane(own.reference, to=Band.A, reason=reason, note=note, by=make.analyst())
    assert item_of(older).band != Band.A

    alike = known_by(("handle", "heron_22"))
    with acting_as(Station.PIPELINE.context):
        assert that_learn_of(alike.pk, actor=Station.PIPELINE) == []

    assert learn(known_by(("ip", "192.0.2.1"))) == 1

    assert item_of(older).band == Band.A


def _scored_anew(report: UUID) -> QueueItem:
    """How it would stand; nothing is kept of it."""
    with acting_as(Station.PIPELINE.context), transaction.atomic():
        score_report(report, by=Station.PIPELINE)
        item = QueueItem.objects.get(report=report)
        transaction.set_rollback(True)
    return item


def _somebody(chance: Random) -> Person:
    """Somebody told of by a few things that others are told of by too."""
    kinds = {
        "email": [f"grebe{n}@example.com" for n in range(4)],
        "handle": ["grebe_1", "grebe_2", "heron_1", "heron_l"],
        "ip": ["192.0.2.1", "192.0.2.2"],
    }
    held = [
        GivenIdentifier(kind=kind, value=chance.choice(values))
        for kind, values in kinds.items()
        if chance.random() < 0.6
    ]
    return Person(role=PersonRole.SUSPECT, identifiers=tuple(held))

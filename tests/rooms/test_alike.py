"""Reports that say nearly the same: decided once. None that adds anything is hidden."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from havre.agencies.rules.permits import Compartment
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import (
    GivenIdentifier,
    Person,
    PersonRole,
)
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.models import Referral
from havre.triage.actions import claim_report, read_queue, take_off_queue
from havre.triage.alike.actions import (
    AT_ONCE,
    Chosen,
    Said,
    close_alike,
    compare_report,
    part_alike,
    read_alike,
    rejoin_alike,
    reopen_alike,
)
from havre.triage.alike.models import Alike, Clue
from havre.triage.alike.rules.standing import (
    NothingChosenError,
)
from havre.triage.closing.rules import ClosingReason, ClosingState, DuplicateOfNothingError
from havre.triage.models import Closing, QueueItem
from havre.wiring.route import walk
from tests import make

CHAIN = (
    "A page about boats at the pier is going round and says that a man in a green coat waits for"
    " people there every day, please send this on to everybody"
)
OTHER = "My neighbour has painted his boat house green and the whole street talks of nothing else"
KEY = b"k" * 32
KEEPER = Person(
    role=PersonRole.SUSPECT, identifiers=(GivenIdentifier(kind="email", value="d@example.com"),)
)


def told(text: str = CHAIN, people: tuple[Person, ...] = (), **facts):
    report = make.report(text, people=people, **facts)
    walk(report.pk)
    return report


def rows(officer, **asked) -> list[tuple[str, int, int]]:
    page = read_queue(**asked, by=officer)
    return [(row.report.reference, row.alike, row.behind) for row in page.rows]


def said(reason: ClosingReason = ClosingReason.NO_OFFENCE, **more) -> Said:
    return Said(reason=reason, note="Looked at the page: boats.", **more)


def these(*reports) -> Chosen:
    return Chosen(references=tuple(one.reference for one in reports))


def standing(reports) -> dict[str, Closing]:
    with acting_as(Station.PIPELINE.context):
        found = Closing.objects.filter(report__in=reports, reopened_at=None)
        return {one.report.reference: one for one in found.select_related("report")}


def behind(report) -> UUID | None:
    with acting_as(Station.PIPELINE.context):
        return QueueItem.objects.get(report=report).behind_id


@pytest.fixture
def analyst(db):
    make.directory()
    return make.analyst()


# ------------------------------------------------------------------------------------ the group


def test_copies_are_one_row_and_whatever_adds_anything_has_its_own(analyst):
    first, alone = told(), told(OTHER)
    copy = told(f"{CHAIN}!")
    # Four words more are at most four runs of twenty-four: alike, whichever runs the key chooses.
    urgent, named = told(danger_now=True), told(f"{CHAIN}, write grebe@example.com")
    assert {one: (alike, hidden) for one, alike, hidden in rows(analyst)} == {
        urgent.reference: (4, 0),
        named.reference: (4, 2),
        alone.reference: (1, 0),
    }
    assert rows(analyst)[0][0] == urgent.reference
    page = read_queue(by=analyst)
    assert (page.chosen, page.counts[""]) == (3, 5)
    assert {behind(first), behind(copy)} == {named.pk}
    # Where a report is looked for by itself, it has its row.
    claim_report(copy.reference, by=analyst)
    assert [one for one, *_ in rows(analyst, lane="mine")] == [copy.reference]
    members = read_alike(first.reference, language="en", by=analyst).members
    found = {one.row.report.reference: one for one in members}
    assert found[copy.reference].is_behind
    assert found[named.reference].also_names[0][0] is Kind.EMAIL
    shown = make.browser(analyst).get(f"/en/reports/{first.reference}/alike").content.decode()
    assert "4 reports wait, the most urgent first" in shown
    assert "Names also:" in shown
    # What tells more is closed with the others by nobody's oversight.
    assert f'value="{named.reference}">' in shown
    assert f'value="{first.reference}" checked>' in shown
    assert "Says nothing that another does not." in shown
    assert "Says somebody is in danger now." in shown


def test_the_clock_of_a_row_is_the_earliest_of_what_stands_behind_it(analyst):
    first, copy = told(), told()
    with acting_as(Station.PIPELINE.context):
        early = QueueItem.objects.get(report=copy).review_by - timedelta(hours=2)
        QueueItem.objects.filter(report=copy).update(review_by=early)
    assert behind(copy) == first.pk
    assert read_queue(by=analyst).rows[0].clock.until == early


@pytest.mark.parametrize("change", ["rank = rank + 1", "risk = risk + 1", "needs_attention = true"])
def test_the_database_brings_forward_what_changes_and_what_stood_behind_it(analyst, change):
    first, copy = told(), told()
    assert behind(copy) == first.pk
    for one in (copy, first):
        with acting_as(Station.PIPELINE.context), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE triage_queueitem SET behind_id = %s WHERE report_id = %s",
                [first.pk, copy.pk],
            )
            cursor.execute(f"UPDATE triage_queueitem SET {change} WHERE report_id = %s", [one.pk])
        assert behind(copy) is None


def test_when_the_first_leaves_the_next_stands_for_the_others(analyst):
    first, second, third = told(), told(), told()
    assert [behind(one) for one in (second, third)] == [first.pk] * 2
    with acting_as(Station.PIPELINE.context):
        take_off_queue(first, by=Station.PIPELINE)
    assert (behind(second), behind(third)) == (None, second.pk)
    with acting_as(Station.PIPELINE.context), connection.cursor() as cursor:
        cursor.execute("DELETE FROM triage_queueitem WHERE report_id = %s", [second.pk])
    assert behind(third) is None


def test_what_is_said_in_another_compartment_or_long_ago_is_no_copy(analyst):
    first = told()
    told(compartment=Compartment.CONFLICT_OF_INTEREST)
    with clock.clock_set_to(clock.now() + timedelta(days=31)):
        late = told()
    assert sorted(rows(analyst)) == sorted([(first.reference, 1, 0), (late.reference, 1, 0)])


def test_short_reports_of_the_same_words_stay_apart(analyst):
    both = [told("He asked me to meet on Saturday.") for _ in range(2)]
    assert sorted(rows(analyst)) == sorted((one.reference, 1, 0) for one in both)


def test_comparing_again_changes_nothing(analyst):
    first, copy = told(), told()
    groups = {compare_report(one.pk, by=Station.PIPELINE) for one in (copy, first)}
    assert len(groups) == 1
    with acting_as(Station.PIPELINE.context):
        assert list(Alike.objects.values_list("report", "is_first")) == [
            (first.pk, True),
            (copy.pk, False),
        ]


def test_what_is_said_not_to_be_alike_stays_apart_until_that_is_undone(analyst):
    first, copy = told(), told()
    with pytest.raises(NothingChosenError):
        part_alike(first.reference, chosen=[], by=analyst)
    # The first of a group leaves it, and the group goes on without.
    assert part_alike(copy.reference, chosen=[first.reference], by=analyst) == 1
    walk(first.pk)
    later = told()
    assert sorted(rows(analyst)) == sorted([(first.reference, 1, 0), (copy.reference, 2, 1)])
    assert behind(later) == copy.pk
    assert rejoin_alike(first.reference, by=analyst)
    assert not rejoin_alike(first.reference, by=analyst)
    assert [(alike, hidden) for _, alike, hidden in rows(analyst)] == [(3, 2)]


def test_what_the_next_first_of_a_group_says_leads_to_it(analyst):
    first, copy = told(), told(f"{CHAIN} and to their uncles")
    with acting_as(Station.PIPELINE.context):
        group = Alike.objects.get(report=first).group
        assert Alike.objects.get(report=copy).group == group
    part_alike(copy.reference, chosen=[first.reference], by=analyst)
    with acting_as(Station.PIPELINE.context):
        said = {bytes(each) for each in Alike.objects.get(report=copy).digests}
        clues = Clue.objects.filter(leads_to=group).values_list("digest", flat=True)
        assert said <= {bytes(each) for each in clues}


# ------------------------------------------------------------------------------------ decided once


def test_several_are_closed_at_once_each_with_its_own_line_and_reader(analyst, monkeypatch):
    monkeypatch.setattr("havre.triage.closing.rules.is_drawn", lambda *_, **__: False)
    calm, urgent = [told(), told()], told(danger_now=True)
    every = [*calm, urgent]
    decided = close_alike(calm[0].reference, chosen=these(*every), said=said(), by=analyst)
    assert set(decided.closed) == {one.reference for one in every}
    found = standing(every)
    # What could be danger is not final by one person's word.
    assert found[urgent.reference].state is ClosingState.TO_READ
    assert {found[one.reference].state for one in calm} == {ClosingState.FINAL}
    with acting_as(Station.PIPELINE.context):
        lines = Entry.objects.filter(event=Event.REPORT_CLOSED).values_list("about", flat=True)
        assert {*lines} == {str(one.pk) for one in every}
    # A later copy waits: no old decision counts for it.
    later = told()
    assert rows(analyst) == [(later.reference, 1, 0)]
    assert len(read_alike(later.reference, language="en", by=analyst).closed) == 3
    assert reopen_alike(urgent.reference, note="Read again.", by=analyst) == 3
    assert standing(every) == {}
    assert rows(analyst)[0][1] == 4
    assert reopen_alike(urgent.reference, note="Read again.", by=analyst) == 0


def test_duplicates_repeat_the_most_urgent_or_the_one_that_is_named(analyst):
    first, copy, urgent = told(), told(), told(danger_now=True)
    repeats = said(ClosingReason.DUPLICATE)
    decided = close_alike(
        first.reference, chosen=these(first, copy, urgent), said=repeats, by=analyst
    )
    assert set(decided.closed) == {first.reference, copy.reference}
    assert {one.duplicate_of_id for one in standing([first, copy]).values()} == {urgent.pk}
    assert rows(analyst) == [(urgent.reference, 1, 0)]
    other = told(OTHER)
    named = said(ClosingReason.DUPLICATE, duplicate_of=other.reference)
    close_alike(urgent.reference, chosen=these(urgent), said=named, by=analyst)
    assert standing([urgent])[urgent.reference].duplicate_of_id == other.pk
    with pytest.raises(DuplicateOfNothingError):
        close_alike(urgent.reference, chosen=these(), said=repeats, by=analyst)


def test_what_is_not_ticked_or_in_other_hands_stays(analyst):
    first, held, copy = told(), told(), told()
    alone = told(OTHER)
    claim_report(held.reference, by=make.analyst())
    decided = close_alike(
        first.reference, chosen=these(first, held, alone), said=said(), by=analyst
    )
    assert (decided.closed, decided.kept) == ((first.reference,), (held.reference,))
    assert set(standing([first, held, copy, alone])) == {first.reference}
    with pytest.raises(NothingChosenError):
        close_alike(first.reference, chosen=these(alone), said=said(), by=analyst)


def test_many_are_closed_press_by_press_and_nothing_that_came_since(analyst, monkeypatch):
    monkeypatch.setattr("havre.triage.alike.actions.AT_ONCE", 2)
    assert AT_ONCE == 50
    every = [told() for _ in range(5)]
    seen = clock.now()
    with clock.clock_set_to(seen + timedelta(minutes=1)):
        later = told()
    browser, page = make.browser(analyst), f"/en/reports/{every[0].reference}/alike"
    form = {"reason": "no-offence", "note": "Boats.", "everything": "on", "as_of": seen.isoformat()}
    first = browser.post(f"{page}/close", form).content.decode()
    assert "2 of 6 are closed" in first
    with acting_as(Station.PIPELINE.context):
        form["decision"] = str(Alike.objects.exclude(decision=None)[0].decision)
    browser.post(f"{page}/close", form)
    done = browser.post(f"{page}/close", form, follow=True).content.decode()
    assert "1 report is closed." in done
    assert rows(analyst) == [(later.reference, 1, 0)]
    with acting_as(Station.PIPELINE.context):
        assert Alike.objects.exclude(decision=None).values("decision").distinct().count() == 1
    assert browser.post(f"{page}/close", form).status_code == 422


def test_others_are_sent_after_the_first_as_its_supplements(analyst):
    first, copy, held = told(), told(), told()
    browser, page = make.browser(analyst), f"/en/reports/{first.reference}/alike"
    form = {"earlier": "F-0000-0000", "because": "One page.", "reports": [copy.reference]}
    nothing = browser.post(f"{page}/attach", form)
    assert nothing.status_code == 422
    assert "Refer one of them first." in nothing.content.decode()
    sent = make.referral(first, to=make.agency("valley-police"), by=analyst)
    claim_report(held.reference, by=make.analyst())
    assert sent.reference in browser.get(page).content.decode()
    form |= {"earlier": sent.reference, "reports": [copy.reference, held.reference]}
    after = browser.post(f"{page}/attach", form, follow=True).content.decode()
    assert "1 report was added to what the agency has." in after
    assert "may not go there" in after
    with acting_as(analyst.context):
        added = Referral.objects.get(report=copy)
    assert added.supplements_id == sent.pk
    assert rows(analyst) == [(held.reference, 1, 0)]
    assert browser.post(f"{page}/attach", {**form, "because": ""}).status_code == 422


def test_the_page_closes_opens_again_and_parts(analyst):
    first, copy = told(), told()
    browser, address = make.browser(analyst), f"/en/reports/{first.reference}/alike"
    queue = browser.get("/en/queue").content.decode()
    assert "2 say nearly this: decide once" in queue
    assert "1 of them stands behind this row" in queue
    form = {"reason": "no-offence", "note": "Boats.", "tells_reporter": "on"}
    nothing = browser.post(f"{address}/close", form)
    assert nothing.status_code == 422
    assert "Tick the reports that it is true of;" in nothing.content.decode()
    form["reports"] = [first.reference, copy.reference]
    unknown = form | {"reason": "duplicate", "duplicate_of": "r-0000-0000"}
    answer = browser.post(f"{address}/close", unknown)
    assert "No report with this number stands for itself." in answer.content.decode()
    after = browser.post(f"{address}/close", form, follow=True).content.decode()
    assert "2 reports are closed. You can open them all again here." in after
    again = browser.post(f"{address}/reopen", follow=True).content.decode()
    assert "2 reports wait again, each with its first clock." in again
    parted = browser.post(f"{address}/part", {"reports": [copy.reference]}, follow=True)
    assert "1 report stands by itself from now on." in parted.content.decode()
    own = f"/en/reports/{copy.reference}/alike"
    assert "Put it back among them" in browser.get(own).content.decode()
    back = browser.post(f"{own}/rejoin", follow=True).content.decode()
    assert "It stands with the others again." in back

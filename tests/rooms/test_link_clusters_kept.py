"""Clusters as the database keeps them: grown by the route, judged by analysts, checked anew."""

from argparse import Namespace

import pytest
from django.db import connection

from havre.agencies.rules.permits import Compartment
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.identifiers.actions import note_mentions
from havre.identifiers.models import Mention
from havre.intake.models import Report
from havre.intake.rules.submission import GivenIdentifier, Person, PersonRole
from havre.links.actions import link_report
from havre.links.checking.actions import check_links
from havre.links.judging.actions import NothingToJudgeError, judge_link, undo_judgement
from havre.links.models import Judgement, Member, Name, Proposal, Value
from havre.links.reads import cluster_named, cluster_of
from havre.links.rules.clusters import Verdict
from havre.links.rules.facts import Side
from havre.plumbing.context import acting_as
from havre.wiring.commands.links import run_links
from tests import make
from tests.waiting import waits_for


@pytest.fixture(autouse=True)
def harbor(db):
    return make.directory()


def told_of(*addresses, role=PersonRole.SUSPECT, also=(), **facts):
    given = tuple(GivenIdentifier(kind="email", value=f"{a}@example.com") for a in addresses)
    people = tuple(Person(role=each, identifiers=given) for each in (role, *also))
    return make.report("He asked me to meet on Saturday.", people=people, **facts)


def together(report, *, officer=None, side=Side.SUSPECT):
    officer = officer or make.analyst()
    with acting_as(officer.context):
        found = cluster_of(report.pk, side=side, actor=officer)
    return {member.pk for member in found.reports}


def judge(one, other, verdict, *, by=None, side=Side.SUSPECT):
    by = by or make.analyst()
    judge_link(
        one.reference, other=other.reference, side=side, verdict=verdict, reason="Seen.", by=by
    )
    return by


def differs():
    return check_links(by=Station.PIPELINE)


def test_a_report_finds_its_cluster_in_the_route_and_the_old_one_learns_of_it():
    old = told_of("dock.master")
    assert together(old) == {old.pk}
    new = told_of("dock.master", "pier")
    third = told_of("pier")
    assert together(old) == {old.pk, new.pk, third.pk}
    assert differs().is_none


def test_linking_again_changes_nothing():
    first, _ = told_of("dock.master"), told_of("dock.master")
    before = set(all_rows())
    assert link_report(first.pk, by=Station.PIPELINE) == 0
    assert set(all_rows()) == before


def all_rows():
    with acting_as(Station.PIPELINE.context):
        return [
            *Member.objects.values_list("pk", "record", "cluster"),
            *Name.objects.values_list("pk", "anchor"),
            *Value.objects.values_list("kind", "reports", "only_suspects"),
        ]


def test_what_a_report_no_longer_tells_ties_it_to_nobody():
    first, second = told_of("dock.master"), told_of("dock.master")
    with acting_as(Station.PIPELINE.context):
        Mention.objects.filter(record=second.pk).delete()
    link_report(second.pk, by=Station.PIPELINE)
    assert together(first) == {first.pk}
    assert differs().is_none


def test_a_crowd_of_suspects_hides_no_child_who_tells_the_same(monkeypatch):
    monkeypatch.setattr("havre.links.book.MOST_HELD", 3)
    for _ in range(4):
        told_of("dock.master")
    one, other = (told_of("dock.master", role=PersonRole.VICTIM) for _ in range(2))
    assert together(other, side=Side.VICTIM) == {one.pk, other.pk}


@pytest.mark.parametrize("side", list(Side))
def test_a_crowd_in_one_role_hides_nobody_in_another(side, monkeypatch):
    monkeypatch.setattr("havre.links.book.MOST_HELD", 11)
    # What a report gives as a witness's too ties no suspects, however many newer witnesses hide it.
    both = told_of("dock.master", role=side, also=[PersonRole.WITNESS])
    for _ in range(12):
        told_of("dock.master", role=PersonRole.WITNESS)
    tied = [told_of("dock.master", role=side) for _ in range(3)]
    mates = {report.pk for report in tied} | ({both.pk} if side is Side.VICTIM else set())
    assert together(tied[0], side=side) == mates
    assert (together(both, side=side) == {both.pk}) is (side is Side.SUSPECT)
    assert differs().is_none


@pytest.mark.parametrize("role", [r for r in PersonRole if r != PersonRole.VICTIM])
def test_a_report_that_tells_of_no_child_takes_no_place_on_the_childrens_side(role):
    report = told_of("dock.master", role=role)
    with acting_as(Station.PIPELINE.context):
        mine = Member.objects.filter(record=report.pk)
        assert [member.side for member in mine] == [Side.SUSPECT]
        assert Value.objects.count() == 1
    assert together(report, side=Side.VICTIM) == {report.pk}
    assert differs().is_none


def test_what_an_analyst_says_outranks_what_is_shared_and_can_be_undone():
    first, second = told_of("dock.master"), told_of("dock.master")
    analyst = judge(first, second, Verdict.DIFFERENT)
    third = told_of("dock.master")
    assert second.pk not in together(first)
    link_report(first.pk, by=Station.PIPELINE)
    assert second.pk not in together(first)
    with acting_as(analyst.context):
        (judgement,) = Judgement.objects.visible_to(analyst)
        assert b"Seen." not in bytes(judgement.reason)
    undo_judgement(judgement.pk, by=analyst)
    assert together(first) == {first.pk, second.pk, third.pk}
    with pytest.raises(Judgement.DoesNotExist):
        undo_judgement(judgement.pk, by=analyst)
    assert differs().is_none


def test_the_latest_word_of_two_reports_stands():
    first, second = told_of("dock.master"), told_of("grebe")
    analyst = judge(first, second, Verdict.SAME)
    assert together(first) == {first.pk, second.pk}
    judge(second, first, Verdict.UNSURE, by=analyst)
    assert together(first) == {first.pk}
    assert differs().is_none


def test_a_judgement_leaves_a_line_with_each_of_the_two_reports():
    first, second = told_of("dock.master"), told_of("grebe")
    judge(first, second, Verdict.SAME)
    with acting_as(Station.PIPELINE.context):
        lines = Entry.objects.filter(event=Event.LINK_JUDGED)
        assert {line.about for line in lines} == {str(first.pk), str(second.pk)}
        assert all("Seen." not in str(line.details) for line in lines)


def test_a_report_is_not_judged_against_itself_nor_against_one_that_is_not_to_be_seen():
    report, closed = told_of("dock.master"), told_of("pier", compartment=Compartment.TRAFFICKING)
    with pytest.raises(NothingToJudgeError):
        judge(report, report, Verdict.SAME)
    with pytest.raises(Report.DoesNotExist):
        judge(report, closed, Verdict.SAME)


def test_one_report_proposes_a_merge_and_does_not_make_it():
    first, second = [told_of("dock.master") for _ in range(2)], [told_of("pier") for _ in range(2)]
    told_of("dock.master", "pier")
    assert not together(first[0]) & together(second[0])
    with acting_as(Station.PIPELINE.context):
        assert Proposal.objects.count() == 1
    judge(first[1], second[1], Verdict.SAME)
    assert len(together(first[0])) == 5
    with acting_as(Station.PIPELINE.context):
        assert Proposal.objects.count() == 0
    assert differs().is_none


def test_a_name_once_given_leads_to_its_cluster_for_ever():
    analyst = make.analyst()
    first, second = [told_of("dock.master") for _ in range(2)], [told_of("pier") for _ in range(2)]
    with acting_as(analyst.context):
        names = [
            cluster_of(r[0].pk, side=Side.SUSPECT, actor=analyst).name for r in (first, second)
        ]
    judge(first[1], second[1], Verdict.SAME, by=analyst)
    with acting_as(analyst.context):
        found = [cluster_named(name, actor=analyst) for name in names]
        assert found[0].name == found[1].name == min(names)
        assert len(found[1].reports) == 4


def test_the_same_child_is_a_cluster_of_its_own_side():
    first, second = (told_of("robin", role=PersonRole.VICTIM) for _ in range(2))
    assert together(first) == {first.pk}
    assert together(first, side=Side.VICTIM) == {first.pk, second.pk}


def test_a_cluster_never_reaches_into_another_compartment():
    both = (Compartment.GENERAL, Compartment.TRAFFICKING)
    seen = told_of("dock.master")
    closed = told_of("dock.master", compartment=Compartment.TRAFFICKING)
    again = told_of("dock.master")
    assert together(seen) == {seen.pk, again.pk}
    assert together(closed, officer=make.analyst(compartments=both)) == {closed.pk}


def test_no_verdict_ties_a_report_to_one_of_another_compartment():
    both = (Compartment.GENERAL, Compartment.TRAFFICKING)
    seen, closed = told_of("dock.master"), told_of("pier", compartment=Compartment.TRAFFICKING)
    analyst = judge(seen, closed, Verdict.SAME, by=make.analyst(compartments=both))
    for report in (seen, closed):
        link_report(report.pk, by=Station.PIPELINE)
        assert together(report, officer=analyst) == {report.pk}
    assert differs().is_none


def test_an_agency_finds_no_cluster_of_its_own_reports_nor_a_name_it_was_told(harbor):
    first, second, hidden = (told_of("dock.master") for _ in range(3))
    analyst, detective = make.analyst(), make.officer(harbor)
    for report in (first, second):
        make.referral(report, to=harbor, by=analyst)
    judge(first, hidden, Verdict.SAME, by=analyst)
    with acting_as(analyst.context):
        name = cluster_of(first.pk, side=Side.SUSPECT, actor=analyst).name
    with acting_as(detective.context):
        assert cluster_of(first.pk, side=Side.SUSPECT, actor=detective).reports == ()
        with pytest.raises(Name.DoesNotExist):
            cluster_named(name, actor=detective)
        with connection.cursor() as cursor:
            for table in ("value", "name", "member", "proposal", "judgement"):
                cursor.execute(f"SELECT count(*) FROM links_{table}")
                assert cursor.fetchone() == (0,), table


def test_what_was_never_linked_is_found_and_mended():
    report, other = told_of("dock.master"), told_of("dock.master")
    with acting_as(Station.PIPELINE.context):
        Member.objects.filter(record=report.pk).delete()
        Value.objects.update(reports=7)
    found = differs()
    assert report.pk in found.reports
    assert found.values
    assert not found.is_none
    check_links(mend=True, by=Station.PIPELINE)
    assert differs().is_none
    assert together(other) == {report.pk, other.pk}


@pytest.mark.parametrize("lost", ["a place", "both places", "the verdict"])
def test_what_a_verdict_alone_ties_is_mended_among_children_too(lost):
    first, second = told_of("dock.master"), told_of("pier")
    judge(first, second, Verdict.SAME, side=Side.VICTIM)
    assert together(first, side=Side.VICTIM) == {first.pk, second.pk}
    with acting_as(Station.PIPELINE.context):
        here = Member.objects.filter(side=Side.VICTIM)
        {
            "a place": here.filter(record=second.pk),
            "both places": here,
            "the verdict": Judgement.objects.all(),
        }[lost].delete()
    assert second.pk in check_links(mend=True, by=Station.PIPELINE).reports
    assert differs().is_none
    tied = {first.pk} if lost == "the verdict" else {first.pk, second.pk}
    assert together(first, side=Side.VICTIM) == tied


def test_a_value_that_stands_wrongly_is_mended_though_no_report_is_elsewhere():
    told_of("dock.master")
    with acting_as(Station.PIPELINE.context):
        Value.objects.all().delete()
    found = check_links(mend=True, by=Station.PIPELINE)
    assert (found.values, found.reports) == (1, frozenset())
    assert differs().is_none


def test_a_crowd_is_counted_right_though_some_were_noted_before_they_were_linked(monkeypatch):
    for place in ("facts", "settling"):
        monkeypatch.setattr(f"havre.links.rules.{place}.most_counted", lambda _kind: 4)
    told_of("dock.master")
    waiting = [told_of("dock.master", walks=False) for _ in range(2)]
    for report in waiting:
        note_mentions(report.pk, by=Station.PIPELINE)
    for _ in range(3):
        told_of("dock.master")
    for report in waiting:
        link_report(report.pk, by=Station.PIPELINE)
    with acting_as(Station.PIPELINE.context):
        assert [value.reports for value in Value.objects.all()] == [6]
    assert differs().is_none
    with acting_as(Station.PIPELINE.context):
        Value.objects.update(reports=4)
    assert differs().values == 1


def test_the_command_says_whether_all_agrees_and_mends_what_does_not(capsys):
    report, _ = told_of("dock.master"), told_of("dock.master")
    assert run_links(Namespace(what="check", mend=False)) == 0
    assert "2 reports, 1 clusters" in capsys.readouterr().out
    with acting_as(Station.PIPELINE.context):
        Member.objects.filter(record=report.pk).delete()
    assert run_links(Namespace(what="check", mend=False)) == 1
    assert "Differently: 2 reports" in capsys.readouterr().out
    assert run_links(Namespace(what="check", mend=True)) == 0
    assert "Mended." in capsys.readouterr().out


def test_two_that_come_together_settle_one_after_the_other():
    first, second = told_of("harbor", walks=False), told_of("harbor", walks=False)
    for report in (first, second):
        note_mentions(report.pk, by=Station.PIPELINE)
    with waits_for("links"):
        link_report(first.pk, by=Station.PIPELINE)
    with waits_for("links"):
        judge(first, second, Verdict.SAME)
    with waits_for("links"):
        differs()

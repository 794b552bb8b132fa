"""Links as the desk reads them, from the mentions of reports in the database."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest

from havre.audit.rules import Station
from havre.identifiers.models import Mention
from havre.identifiers.reads import among_newest
from havre.intake.rules.submission import GivenIdentifier, Person, PersonRole
from havre.links import reads
from havre.links.reads import linked_to, tied_to
from havre.links.rules.explaining import Strength
from havre.plumbing.context import acting_as
from havre.plumbing.holding import Held
from tests import make


@pytest.fixture(autouse=True)
def harbor(db):
    return make.directory()


def told_of(name, platform="kik", *, role=PersonRole.SUSPECT):
    identifier = GivenIdentifier(kind="handle", value=name, platform=platform)
    return make.report(people=(Person(role=role, identifiers=(identifier,)),))


def links_of(report):
    analyst = make.analyst()
    with acting_as(analyst.context):
        return {link.report: link.explanation for link in linked_to(report.pk, actor=analyst)}


def test_a_name_that_resembles_suggests_a_link_and_the_same_name_makes_one():
    ours = told_of("river.f0x_88")
    same, near, other = told_of("river.f0x_88"), told_of("riverfox", "snapchat"), told_of("grebe77")
    links = links_of(ours)
    assert links[same.pk].strength is Strength.STRONG
    assert links[near.pk].strength is Strength.POSSIBLE
    assert links[near.pk].evidence[0].shared.near
    assert other.pk not in links


def test_of_links_worth_the_same_what_fewer_reports_tell_is_read_first():
    def at(*places):
        given = tuple(GivenIdentifier(kind="postal-code", value=place) for place in places)
        return make.report(people=(Person(role=PersonRole.SUSPECT, identifiers=given),))

    common, also_common = at("K1A 0B1"), at("K1A 0B1")
    rare = at("H2Y 1C6")
    links = links_of(at("K1A 0B1", "H2Y 1C6"))
    assert list(links) == [rare.pk, common.pk, also_common.pk]
    assert len({link.tenths for link in links.values()}) == 1


def test_an_old_report_learns_of_a_new_one_as_soon_as_it_has_walked_the_route():
    old = told_of("dock.master9")
    assert links_of(old) == {}
    new = told_of("dock.master9")
    assert set(links_of(old)) == {new.pk}


def test_a_childs_name_never_resembles_a_suspects():
    told_of("riverfox", role=PersonRole.VICTIM)
    assert links_of(told_of("river.fox", "snapchat")) == {}


def test_reports_in_all_are_held_for_those_alone_who_see_the_same(monkeypatch):
    monkeypatch.setattr(reads, "IN_ALL", Held[int](size=int, holds=timedelta(hours=1), many=1))
    analyst = make.analyst()
    lent = SimpleNamespace(context=replace(analyst.context, elsewhere=str(UUID(int=1))))
    for actor, in_all in ((analyst, 1), (lent, 2), (analyst, 1)):
        make.report(walks=False)
        with acting_as(analyst.context):
            assert reads._reports_in_all(actor) == in_all


def nodes(plan: dict, over: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each function that a plan scans, with how the parts over it are bound to theirs."""
    over = (*over, plan.get("Parent Relationship", ""))
    if "Function Name" in plan:
        yield plan["Function Name"], over
    for below in plan.get("Plans", ()):
        yield from nodes(below, over)


@pytest.mark.parametrize("of_desk", [True, False])
def test_the_newest_of_a_value_are_looked_for_once_and_not_for_every_mention(harbor, of_desk):
    """Once a planner took the walls for rare, and a page took a minute among 10,000 reports."""
    officer = make.analyst() if of_desk else make.officer(harbor)
    with acting_as(officer.context):
        asked = among_newest("near", [b"0" * 16], most=200, besides=[b"1" * 32])
        found = Mention.objects.visible_to(officer).unhushed().filter(asked)
        (plan,) = json.loads(found.explain(format="json"))
    assert [(name, "InitPlan" in over) for name, over in nodes(plan["Plan"])] == [("unnest", True)]


@pytest.mark.parametrize("most", [3, 200])
def test_a_station_finds_by_one_question_what_the_questions_of_a_page_find(monkeypatch, most):
    """Equal values, names that resemble, a crowd of which only the newest are met."""
    monkeypatch.setattr(reads, "MOST_MET", most)
    # Written once, it would keep the number.
    monkeypatch.setattr(reads, "_others", reads._others.__wrapped__)
    by, mail = Station.PIPELINE, GivenIdentifier(kind="email", value="desk@example.com")
    names = ["river.f0x_88", "riverfox", "river.fox", "grebe77", "grebe.77", "river.f0x_88"]
    told = [
        make.report(
            people=(
                Person(
                    role=PersonRole.SUSPECT,
                    identifiers=(GivenIdentifier(kind="handle", value=name, platform="kik"),),
                ),
                Person(role=PersonRole.REPORTER, identifiers=(mail,)),
            )
        )
        for name in names
    ]
    told.append(make.report())
    with acting_as(by.context):
        found = [tied_to(each.pk, by=by) for each in told]
        shown = [linked_to(each.pk, actor=by, through_hushed=True) for each in told]
    assert [list(each.items()) for each in found] == [
        [(link.report, link.explanation) for link in each] for each in shown
    ]
    assert found[0][told[5].pk].strength is Strength.STRONG
    assert found[-1] == {}

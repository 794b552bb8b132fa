"""The neighbourhood of a report as a picture with the same in a table."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from havre.agencies.rules.permits import Compartment
from havre.audit.models import Entry
from havre.audit.rules import Event
from havre.intake.models import Report
from havre.intake.rules.submission import GivenIdentifier, Person, PersonRole
from havre.links.judging.actions import judge_link
from havre.links.rules.clusters import Verdict
from havre.links.rules.facts import Side
from havre.plumbing.context import acting_as
from havre.referrals.chart.actions import read_chart
from havre.referrals.chart.rules import (
    LONGEST_SHOWN,
    MOST_ROUND,
    ROW_HIGH,
    Box,
    Line,
    Neighbour,
    Value,
    drawn,
    line_of,
    without_crowds,
)
from tests import make
from tests.pages import assert_sound


def value(key, tenths=70, **facts):
    return Value(key=key, kind="email", shown=f"{key}@example.com", tenths=tenths, **facts)


def neighbour(reference, *keys):
    return Neighbour(reference=reference, values=tuple(value(key) for key in keys))


neighbours = some.lists(
    some.sets(some.integers(0, 9), min_size=1, max_size=4).map(sorted), max_size=20
).map(lambda rows: [neighbour(f"R-{n:04}", *keys) for n, keys in enumerate(rows)])


@given(neighbours, neighbours)
@settings(max_examples=150, deadline=None)
def test_no_two_boxes_overlap_and_every_curve_joins_two(around, further):
    far = [Neighbour(reference=f"F-{one.reference}", values=one.values) for one in further]
    opened = around[0].reference if around else ""
    drawing = drawn("R-HERE", around, opened=opened, further=far if opened else ())
    by_column = {}
    for box in drawing.boxes:
        by_column.setdefault(box.x, []).append(box.y)
        assert box.x + box.wide <= drawing.wide
        assert -1 <= box.y <= drawing.high - ROW_HIGH + 1
    for tops in by_column.values():
        assert all(below - above >= ROW_HIGH - 1 for above, below in pairwise(sorted(tops)))
    reports = [box for box in drawing.boxes if box.reference]
    assert len({box.reference for box in reports}) == len(reports)
    starts = {f"M{box.x + box.wide} {box.y + ROW_HIGH // 2}" for box in drawing.boxes}
    ends = {f" {box.x} {box.y + ROW_HIGH // 2}" for box in drawing.boxes}
    for tie in drawing.ties:
        assert tie.path.split("C")[0] in starts
        assert any(tie.path.endswith(end) for end in ends)


def test_a_value_that_three_share_stands_once_and_the_weakest_reports_are_left_out():
    around = [neighbour(f"R-{n:04}", "gull") for n in range(MOST_ROUND + 3)]
    drawing = drawn("R-HERE", around)
    assert [box.shown for box in drawing.boxes if box.value] == ["gull@example.com"]
    assert len([box for box in drawing.boxes if box.reference]) == MOST_ROUND + 1


def test_a_crowds_value_stays_away_with_whom_it_alone_tied():
    crowd = value("carrier", is_crowds=True)
    both = Neighbour(reference="R-BOTH", values=(value("gull"), crowd))
    told = without_crowds([both, Neighbour(reference="R-CROWD", values=(crowd,))])
    assert told == [neighbour("R-BOTH", "gull")]


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ({"is_crowds": True}, Line.CROWD),
        ({"is_near": True}, Line.NEAR),
        ({"tenths": 60}, Line.STRONG),
        ({"tenths": 59}, Line.POSSIBLE),
        ({"tenths": 19}, Line.WEAK),
    ],
)
def test_a_line_says_what_it_weighs(facts, line):
    assert line_of(value("gull", **facts)) is line


def test_a_long_value_is_cut_and_never_runs_out_of_its_box():
    long = Box(x=0, y=0, wide=208, value=value("g" * 40))
    assert len(long.shown) == LONGEST_SHOWN
    assert long.shown.endswith("…")


# ------------------------------------------------------------------------------ in the database


def told_of(*handles, role=PersonRole.SUSPECT, **facts):
    identifiers = tuple(
        GivenIdentifier(kind="handle", value=one, platform="kik") for one in handles
    )
    return make.report(people=(Person(role=role, identifiers=identifiers),), **facts)


@pytest.fixture
def harbor(db):
    return make.directory()


def look(report, by, *, opened="", hides_crowds=False):
    return read_chart(
        report.reference, opened=opened, hides_crowds=hides_crowds, language="en", by=by
    )


def references(rows):
    return {row.reference for row in rows}


def test_a_chart_leads_on_from_a_report_that_it_shows(harbor):
    ours, beside = told_of("pier.nine"), told_of("pier.nine", "buoy.two")
    beyond = told_of("buoy.two")
    chart = look(ours, make.analyst(), opened=beside.reference)
    assert references(chart.around) == {beside.reference}
    assert references(chart.further) == {beyond.reference}
    assert {box.reference for box in chart.drawing.boxes if box.reference} == {
        ours.reference,
        beside.reference,
        beyond.reference,
    }


def test_what_is_no_neighbour_is_not_opened_and_every_look_leaves_its_line(harbor):
    ours, beside, stranger = told_of("pier.nine"), told_of("pier.nine"), told_of("heron.four")
    analyst = make.analyst()

    def looked_at():
        with acting_as(analyst.context):
            lines = Entry.objects.filter(event=Event.CHART_READ)
            return sorted(lines.values_list("about", flat=True), key=str)

    assert look(ours, analyst, opened=stranger.reference).opened == ""
    assert looked_at() == [str(ours.pk)]
    assert look(ours, analyst, opened=beside.reference).opened == beside.reference
    assert looked_at() == sorted([str(ours.pk), str(ours.pk), str(beside.pk)])


def test_a_chart_shows_nothing_of_a_compartment_that_one_does_not_hold(harbor):
    ours = told_of("pier.nine")
    told_of("pier.nine", compartment=Compartment.TRAFFICKING)
    assert look(ours, make.analyst()).around == ()
    with pytest.raises(Report.DoesNotExist):
        look(ours, make.analyst(compartments=(Compartment.TRAFFICKING,)))


def test_a_childs_value_stands_masked_in_the_picture_and_in_the_table(harbor):
    ours = told_of("little.tern", role=PersonRole.VICTIM)
    other = told_of("little.tern", role=PersonRole.VICTIM)
    page = make.browser(make.analyst()).get(f"/en/reports/{ours.reference}/chart")
    text = assert_sound(page.content).text_content()
    assert other.reference in text
    assert "masked" in text
    assert "little.tern" not in text


def test_what_analysts_say_stands_in_the_picture_and_in_the_table(harbor):
    ours, same, other = told_of("pier.nine"), told_of("pier.nine", "buoy.two"), told_of("pier.nine")
    alone, beyond = told_of("heron.four"), told_of("buoy.two")
    analyst = make.analyst()

    def says(one, verdict, beside):
        said = {"side": Side.SUSPECT, "verdict": verdict, "reason": "Seen at two piers."}
        judge_link(one.reference, other=beside.reference, **said, by=analyst)

    says(ours, Verdict.SAME, same)
    says(ours, Verdict.DIFFERENT, other)
    says(ours, Verdict.SAME, alone)
    says(same, Verdict.UNSURE, beyond)

    browser = make.browser(analyst)
    page = browser.get(f"/en/reports/{ours.reference}/chart?open={same.reference}").content
    text = assert_sound(page).text_content()
    for report, sign in ((same, "="), (other, "\u2260"), (beyond, "?")):
        assert f"{report.reference} {sign}" in text
    assert "The suspects are two different persons." in text
    assert "Whether the suspect is the same cannot be said yet." in text
    assert f"{alone.reference}: The suspect is the same person" in text
    assert alone.reference not in {box.reference for box in look(ours, analyst).drawing.boxes}
    french = browser.get(f"/fr/signalements/{ours.reference}/schema").content.decode()
    assert "Jugés, et absents de l\u2019image" in french


def test_an_empty_chart_says_so_in_both_languages(harbor):
    ours = told_of("heron.four")
    browser = make.browser(make.analyst())
    english = browser.get(f"/en/reports/{ours.reference}/chart").content.decode()
    french = browser.get(f"/fr/signalements/{ours.reference}/schema").content.decode()
    assert "shares nothing with another one" in english
    assert "n\u2019a rien en commun" in french

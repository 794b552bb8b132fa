"""Comparing all suspects with all: what is proposed to a person, and that nothing else changes."""

from argparse import Namespace
from dataclasses import replace
from uuid import UUID

import pytest

from havre.agencies.rules.permits import Compartment
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.identifiers.actions import hush_value, lift_hush
from havre.identifiers.models import Mention
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import GivenIdentifier, Person, PersonRole, Place, PlaceRole
from havre.links.checking.actions import check_links
from havre.links.judging.actions import judge_link, undo_judgement
from havre.links.models import Judgement, Member
from havre.links.resolving.actions import begin_run, read_likenesses, read_refit
from havre.links.resolving.engine import Engine, NoSplinkError
from havre.links.resolving.models import Likeness, Run
from havre.links.resolving.reads import judgements_in
from havre.links.resolving.rules.model import DATA, adopted, model_of
from havre.links.resolving.rules.people import Row, Told, rows_of
from havre.links.resolving.rules.refits import as_file, as_tree, difference, from_tree
from havre.links.resolving.rules.runs import Alike, State, sift
from havre.links.resolving.rules.teaching import Taught
from havre.links.resolving.running import compared, compartments, resolve_people
from havre.links.rules.clusters import Verdict
from havre.links.rules.facts import Side
from havre.plumbing import ids
from havre.plumbing.context import acting_as
from havre.wiring.commands.links import run_links
from tests import make

RECORDS = [UUID(int=n) for n in range(1, 9)]


@pytest.fixture
def harbor(db):
    return make.directory()


def told(value, kind=Kind.NAME, *, record=RECORDS[0], role="suspect", field="people.0.names.0"):
    token = f"{kind}:{value}".encode()
    shown = value if role == "suspect" else ""
    return Told(record=record, kind=kind, value=shown, token=token, role=role, field=field)


def test_a_suspect_is_one_row_of_what_the_report_tells_of_that_person():
    [row] = rows_of(
        [
            told("jonah wharf"),
            told("1988-04-03", Kind.BIRTH_DATE, field="people.0.date_of_birth"),
            told("pier@example.com", Kind.EMAIL, field="incidents.0.narrative"),
            told("kik:dockmaster", Kind.HANDLE, field="incidents.0.narrative"),
            told(":dockmaster", Kind.HANDLE, field="incidents.0.narrative"),
        ]
    )

    assert (row.given, row.family, row.born) == ("jonah", "wharf", "1988-04-03")
    assert (row.contacts, row.handles) == (("email:pier@example.com",), ("kik:dockmaster",))


def test_what_is_also_the_childs_or_the_reporters_is_no_suspects():
    mail = "gull@example.com"
    for role in ("victim", "reporter", "witness", "service"):
        theirs = told(mail, Kind.EMAIL, role=role, field="people.1.identifiers.0")
        assert rows_of([told(mail, Kind.EMAIL), theirs]) == []
        assert rows_of([theirs]) == []


def test_of_two_suspects_in_a_report_the_narrative_says_nothing_of_either():
    rows = rows_of(
        [
            told("jonah wharf"),
            told("nora keel", field="people.1.names.0"),
            told("pier@example.com", Kind.EMAIL, field="incidents.0.narrative"),
        ]
    )

    assert [(row.given, row.contacts) for row in rows] == [("jonah", ()), ("nora", ())]


def test_a_name_alone_is_nothing_to_compare():
    assert rows_of([told("wharf")]) == []


def alike(left, right, weight):
    ends = RECORDS[left], RECORDS[right]
    return Alike(left=ends[0], right=ends[1], weight=weight, prior=weight, parts=())


def test_of_two_clusters_the_strongest_pair_is_proposed_once():
    home = dict.fromkeys(RECORDS[2:5], RECORDS[7])

    sifted = sift([alike(0, 2, 500), alike(0, 3, 900), alike(2, 4, 800)], clusters=home, judged=[])

    assert [one.weight for one in sifted.proposed] == [900]
    assert sifted.together == 1


def test_what_was_said_of_two_reports_holds_for_their_clusters():
    home = dict.fromkeys(RECORDS[2:5], RECORDS[7])

    sifted = sift([alike(0, 2, 500)], clusters=home, judged=[(RECORDS[0], RECORDS[4])])

    assert (sifted.proposed, sifted.judged) == ((), 1)


def test_a_model_file_says_how_much_each_agreement_is_worth():
    model = adopted()

    assert all(each.levels[0].bits > 0 > each.levels[-1].bits for each in model.compares)
    for each in model.compares:
        assert sum(level.m for level in each.levels) == pytest.approx(1, abs=0.001)
        assert sum(level.u for level in each.levels) == pytest.approx(1, abs=0.001)
    unended = DATA.read_bytes().replace(b'{ how = "else"', b'{ how = "same"')
    with pytest.raises(ValueError, match="end in no"):
        model_of(unended)


def test_a_refit_is_a_difference_and_a_file_and_changes_no_model():
    old = adopted()
    given = old.compares[0]
    twice = replace(given.levels[0], m=given.levels[0].m / 2)
    learned = old.reweighed(
        4000.04, (replace(given, levels=(twice, *given.levels[1:])), *old.compares[1:])
    )

    refit = difference(old, learned, by_old={("a", "b"), ("a", "c")}, by_new={("a", "b")})

    assert [each.differs for each in refit.changes if each.differs] == [-100]
    assert (refit.stay, refit.come, refit.go) == (1, 0, 1)
    assert (refit.old_one_pair_in, refit.new_one_pair_in) == (20000, 4000.0)
    assert from_tree(as_tree(refit)) == refit
    assert old.digest.encode() in as_file(refit)
    assert adopted() == model_of(DATA.read_bytes())


NAMES = [("jonah", "wharf"), ("nora", "keel"), ("idris", "tide"), ("maud", "harbour")]


def people(n=240):
    """Invented people, every third of them told twice, the second time with a slip."""
    rows = []
    for k in range(n):
        given, family = f"{NAMES[k % 4][0]}{k % 7}", f"{NAMES[k % 3][1]}{k % 31}"
        born = f"19{60 + k % 37:02}-{1 + k % 12:02}-{1 + k % 28:02}"
        street = f"{k} pier road"
        row = Row(key=f"{k:04}", record=f"{k:04}", given=given, family=family, born=born)
        row = replace(row, street=street, postal=f"R3C{k % 10}A{k // 10 % 10}")
        rows.append(row)
        if k % 3 == 0:
            slip = born if k % 2 else born[:-1] + ("1" if born[-1] != "1" else "2")
            rows.append(replace(row, key=f"{k:04}b", record=f"{k:04}b", born=slip))
    return rows


@pytest.fixture(scope="module")
def duckdb_run():
    engine = Engine(people())
    model = adopted()
    return engine, model, engine.pairs(model, from_bits=model.proposed_from_bits)


def test_a_slip_in_a_date_does_not_hide_that_two_are_one(duckdb_run):
    _engine, _model, pairs = duckdb_run

    found = {(pair.left, pair.right) for pair in pairs}

    assert {(f"{k:04}", f"{k:04}b") for k in range(0, 240, 3)} <= found


def test_the_parts_of_a_weight_sum_to_it(duckdb_run):
    _engine, model, pairs = duckdb_run

    for pair in pairs:
        assert pair.prior + sum(part.bits for part in pair.parts) == pytest.approx(pair.bits)
        assert pair.prior == pytest.approx(pairs[0].prior)
    assert {part.column for part in pairs[0].parts} <= {each.column for each in model.compares}


def test_a_refit_learns_and_leaves_the_model_as_it_was(duckdb_run):
    engine, model, _pairs = duckdb_run
    steps = []

    learned = engine.refitted(model, tell=steps.append)

    assert steps[0] == "chances"
    assert model == adopted()
    assert learned.version == model.version
    assert {each.column for each in learned.compares if each not in model.compares} >= {"born"}
    # Nobody here has a user name: what was never seen keeps its weight.
    assert learned.compares[-1] == model.compares[-1]


def test_without_the_packages_the_command_says_what_to_install(monkeypatch, capsys):
    def missing(*_told, **_said):
        raise NoSplinkError

    monkeypatch.setattr("havre.links.resolving.running.compartments", missing)

    assert run_links(Namespace(what="resolve", no_refit=True, refit_file=None)) == 1
    assert "requirements-resolve.lock" in capsys.readouterr().out


def suspect(name, born, *, postal="R3C 0A5", role=PersonRole.SUSPECT, mail=""):
    home = Place(role=PlaceRole.SUSPECT, postal_code=postal, country="CA")
    given = (GivenIdentifier(kind="email", value=mail),) if mail else ()
    return Person(role=role, names=(name,), date_of_birth=born, places=(home,), identifiers=given)


def report_of(*told_of, compartment=Compartment.GENERAL):
    return make.report("He asked me to meet on Saturday.", people=told_of, compartment=compartment)


def resolved(compartment=Compartment.GENERAL):
    return resolve_people(
        compartment,
        model=adopted(),
        master="",
        learn=True,
        tell=lambda _: None,
        by=Station.PIPELINE,
    ).run


def listed(officer):
    page = read_likenesses(by=officer)
    return [tuple(sorted((r.left.report.reference, r.right.report.reference))) for r in page.rows]


@pytest.fixture
def two(harbor):
    one = report_of(suspect("Jonah Wharf", "1988-04-03"))
    other = report_of(suspect("Jonah Wharff", "1988-04-08"))
    # Noise: another person, and a child of the suspect's name and day.
    report_of(suspect("Nora Keel", "1990-01-02", postal="K1A 0B1"))
    report_of(suspect("Jonah Wharf", "1988-04-03", role=PersonRole.VICTIM))
    return one, other


def test_suspects_who_are_alike_are_proposed_and_nothing_is_changed(two):
    one, other = two
    analyst, pair = make.analyst(), tuple(sorted((one.reference, other.reference)))
    with acting_as(Station.PIPELINE.context):
        before = list(Member.objects.values_list("record", "cluster", "side"))

    run = resolved()

    assert (run.state, run.engine, run.people, run.reports) == (State.DONE, "duckdb", 3, 4)
    assert (run.digest, run.proposed) == (adopted().digest, 1)
    assert listed(analyst) == [pair]
    with acting_as(Station.PIPELINE.context):
        assert list(Member.objects.values_list("record", "cluster", "side")) == before
        likeness = Likeness.objects.get()
        assert likeness.prior + sum(p["weight"] for p in likeness.parts) == likeness.weight
        kept = Entry.objects.get(event=Event.PEOPLE_COMPARED)
        assert kept.details["proposed"] == 1
    assert check_links(by=Station.PIPELINE).is_none
    resolved()
    assert listed(analyst) == [pair]


def test_what_was_judged_is_not_proposed_again_until_it_is_taken_back(two):
    ends = {"other": two[1].reference, "side": Side.SUSPECT, "reason": "Seen."}
    analyst = make.analyst()
    resolved()
    for verdict in Verdict:
        judge_link(two[0].reference, verdict=verdict, by=analyst, **ends)
        assert listed(analyst) == []

        run = resolved()

        assert (run.proposed, run.judged + run.together) == (0, 1)
        with acting_as(analyst.context):
            judgement = Judgement.objects.get(undone_at=None)
        assert judgement.verdict == verdict
        undo_judgement(judgement.pk, by=analyst)
    resolved()
    assert len(listed(analyst)) == 1


def test_a_refit_is_taught_what_was_said_last_and_stands_of_suspects_in_its_compartment(two):
    analyst, other = make.analyst(), two[1].reference
    said = {"other": other, "reason": "Seen.", "by": analyst}
    judge_link(two[0].reference, verdict=Verdict.SAME, side=Side.SUSPECT, **said)
    judge_link(two[0].reference, verdict=Verdict.SAME, side=Side.VICTIM, **said)
    pair = tuple(sorted(each.pk for each in two))
    with acting_as(Station.PIPELINE.context):
        assert judgements_in(Compartment.GENERAL) == [(*pair, Verdict.SAME)]
    judge_link(two[0].reference, verdict=Verdict.DIFFERENT, side=Side.SUSPECT, **said)
    with acting_as(Station.PIPELINE.context):
        assert judgements_in(Compartment.GENERAL) == [(*pair, Verdict.DIFFERENT)]
        assert judgements_in(Compartment.TRAFFICKING) == []
        standing = Judgement.objects.filter(side=Side.SUSPECT, undone_at=None)
        there = [each.pk for each in standing]
    for each in there:
        undo_judgement(each, by=analyst)
    with acting_as(Station.PIPELINE.context):
        assert judgements_in(Compartment.GENERAL) == []


def test_a_run_hands_its_judgements_to_the_refit():
    rows = people()
    records = {row.key: UUID(int=n) for n, row in enumerate(rows, start=1)}
    rows = [replace(row, record=str(records[row.key])) for row in rows]
    judged = [(records["0000"], records["0001"], Verdict.SAME)]
    _pairs, refit, _version = compared(rows, adopted(), "", judged=judged, tell=lambda _: None)
    assert refit.taught == Taught(same=1)
    assert any(each.judged for each in refit.changes)
    assert refit.judged_one_pair_in < 0


def test_what_becomes_quiet_is_not_shown_any_more(harbor):
    for name in ("Jonah Wharf", "Jonah Wharff"):
        report_of(suspect(name, "1988-04-03", mail=f"{name[-2:]}@example.com"))
    resolved()
    analyst, cause = make.analyst(), ids.uuid7()
    assert len(listed(analyst)) == 1
    with acting_as(Station.PIPELINE.context):
        quiet = Mention.objects.filter(kind=Kind.POSTAL_CODE).first()

    hush_value(bytes(quiet.token), cause=cause, by=Station.PIPELINE)

    assert listed(analyst) == []
    lift_hush(cause, by=Station.PIPELINE)
    assert len(listed(analyst)) == 1


def test_a_compartment_is_compared_by_itself_and_told_to_those_who_hold_it(harbor):
    for compartment in (Compartment.GENERAL, Compartment.TRAFFICKING):
        report_of(suspect("Jonah Wharf", "1988-04-03"), compartment=compartment)
    report_of(suspect("Jonah Wharff", "1988-04-03"), compartment=Compartment.TRAFFICKING)
    assert compartments(by=Station.PIPELINE) == ["general", "trafficking"]
    for compartment in Compartment:
        resolved(compartment)

    general = make.analyst()
    other = make.analyst(compartments=(Compartment.TRAFFICKING,))

    assert (len(listed(general)), len(listed(other))) == (0, 1)
    for officer, seen in ((general, "general"), (other, "trafficking")):
        with acting_as(officer.context):
            assert {run.compartment for run in Run.objects.all()} == {seen}


def test_a_run_that_never_ended_was_broken_off(harbor):
    begin_run("general", model=adopted(), engine="duckdb", by=Station.PIPELINE)

    run = resolved()

    with acting_as(Station.PIPELINE.context):
        assert set(Run.objects.values_list("state", flat=True)) == {State.BROKEN, State.DONE}
    assert (run.people, run.proposed) == (0, 0)
    assert read_refit(by=make.analyst()) is None


def test_the_command_says_what_it_did_and_that_nothing_was_changed(two, capsys, tmp_path):
    file = tmp_path / "refit.json"

    assert run_links(Namespace(what="resolve", no_refit=False, refit_file=file)) == 0

    said = capsys.readouterr().out
    assert adopted().digest[:12] in said
    assert "3 suspects of 4 reports; 1 pairs" in said
    assert "Nothing was linked or changed." in said
    assert not file.exists()
    assert "No refit" in said

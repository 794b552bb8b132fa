"""What analysts judged moves the weights of a refit, as far as it surprises, and nothing else."""

from dataclasses import replace
from uuid import UUID

import pytest

from havre.links.resolving.rules.model import adopted
from havre.links.resolving.rules.people import Row
from havre.links.resolving.rules.refits import as_tree, difference, from_tree
from havre.links.resolving.rules.teaching import Taught, levels_of, taught
from havre.links.rules.clusters import Verdict

SAME, DIFFERENT, UNSURE = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE


def report(n):
    return UUID(int=n)


def person(n, *, given="jonah", family="wharf", born="1980-05-02", key=None):
    """One suspect of report n."""
    record = str(report(n))
    return Row(key=key or record, record=record, given=given, family=family, born=born)


def others(n=400):
    return [person(1000 + k, given=f"nora{k}", family=f"keel{k}", born=None) for k in range(n)]


def level(model, column, n):
    return next(each for each in model.compares if each.column == column).levels[n]


def m_of(model, column, n):
    return level(model, column, n).m


def test_people_agree_at_the_strictest_level_that_holds_and_where_both_tell():
    model = adopted()
    one = replace(person(1), contacts=("a@example.com",), handles=("kik:pier",))
    other = replace(person(2, given="jonas", family="quay", born="1980-05-20"), postal="R3C0A5")
    other = replace(other, handles=("kik:pier", "kik:mole"))
    found = {column: each.word for column, each in levels_of(model, one, other).items()}
    assert found == {"given": "edits-1", "family": "else", "born": "edits-2", "handles": "shared"}
    assert levels_of(model, one, one)["born"].word == "same"


def test_a_surprise_moves_the_weights_and_what_was_known_does_not():
    model = adopted()
    sure = [person(1), person(2)]
    rows = [*sure, *others()]
    unlike = [person(3, born="1990-11-17"), person(4, born="1975-02-28")]

    confirmed, _ = taught(model, rows, [(report(1), report(2), SAME)])
    assert m_of(confirmed, "born", 0) == pytest.approx(m_of(model, "born", 0), abs=0.003)
    surprised, told = taught(model, [*rows, *unlike], [(report(3), report(4), SAME)])
    assert m_of(surprised, "born", 3) > m_of(model, "born", 3) + 0.05
    denied, _ = taught(model, rows, [(report(1), report(2), DIFFERENT)])
    assert m_of(denied, "born", 0) < m_of(model, "born", 0) - 0.005
    assert denied.one_pair_in > model.one_pair_in > surprised.one_pair_in
    assert (told.same, told.different) == (1, 0)
    for each in (*surprised.compares, *denied.compares):
        assert sum(one.m for one in each.levels) == pytest.approx(1, abs=0.001)
    assert [one.u for each in denied.compares for one in each.levels] == [
        one.u for each in model.compares for one in each.levels
    ]


def test_unsure_and_what_is_of_several_suspects_or_none_teaches_nothing():
    model = adopted()
    rows = [person(1), person(2), person(3), person(3, given="idris", key="3/1"), *others()]
    judged = [(report(1), report(2), UNSURE), (report(1), report(3), DIFFERENT)]
    judged.append((report(1), report(9), SAME))
    assert taught(model, rows, judged) == (model, Taught(unsure=1, unclear=2))


def test_however_many_judge_so_they_move_no_more_than_half():
    model = adopted()
    rows = [person(n) for n in range(200)] + others()
    judged = [(report(n), report(n + 1), DIFFERENT) for n in range(0, 200, 2)]
    found, told = taught(model, rows, judged)
    assert told.counted_percent < 20
    assert found.one_pair_in == pytest.approx(2 * model.one_pair_in, rel=0.01)
    assert m_of(found, "born", 0) >= 0.05 * m_of(model, "born", 0)


def test_the_report_says_on_how_many_judgements_it_rests_and_what_they_moved():
    model = adopted()
    rows = [person(1), person(2), *others()]
    learned, told = taught(model, rows, [(report(1), report(2), DIFFERENT)])
    refit = difference(model, learned, by_old=(), by_new=(), unjudged=model, taught=told)
    assert refit.taught.different == 1
    assert refit.judged_one_pair_in > 0
    moved = {(each.column, each.level): each.judged for each in refit.changes if each.judged}
    assert moved[("born", "same")] < 0
    assert all(each.judged == each.differs for each in refit.changes)
    assert from_tree(as_tree(refit)) == refit
    before = {k: v for k, v in as_tree(refit).items() if k not in ("taught", "judged_one_pair_in")}
    assert from_tree(before).taught == Taught()

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.links.rules.clusters import Bond, Verdict, pair_of, partition
from havre.links.rules.matching import independent
from tests.clusters import Clusters

STEPS = 10_000


def bond(one, other, value="v", tenths=66):
    return Bond(tenths, *pair_of(one, other), value)


def made(*bonds, records=range(1, 9)):
    clusters = Clusters()
    for record in records:
        clusters.add(record, [b for b in bonds if max(b.left, b.right) == record])
    return clusters


def test_reports_that_share_a_value_are_one_cluster_and_others_stay_apart():
    clusters = made(bond(1, 2), bond(2, 3))
    assert clusters.members(3) == {1, 2, 3}
    assert clusters.members(4) == {4}


def test_one_report_never_merges_two_clusters_and_the_merge_is_proposed():
    clusters = made(
        bond(1, 2, "a"), bond(3, 4, "b"), bond(5, 1, "a"), bond(5, 2, "a"),
        bond(5, 3, "b"), bond(5, 4, "b"),
    )  # fmt: skip
    assert clusters.members(1) != clusters.members(3)
    assert clusters.proposals == {(1, 3)}
    clusters.judge(2, 4, Verdict.SAME)
    assert clusters.members(1) == {1, 2, 3, 4, 5}
    assert clusters.proposals == set()


def test_two_reports_with_two_values_merge_two_clusters():
    clusters = made(bond(1, 2, "a"), bond(3, 4, "b"), bond(1, 3, "c"), bond(2, 4, "d"))
    assert clusters.members(1) == {1, 2, 3, 4}


def test_one_value_alone_merges_two_clusters_only_when_it_is_as_good_as_a_name():
    pairs = bond(1, 2, "a"), bond(3, 4, "b")
    weak = made(*pairs, bond(1, 3, "c", 40), bond(2, 4, "c", 40))
    assert weak.members(1) == {1, 2}
    strong = made(*pairs, bond(1, 3, "c", 66), bond(2, 4, "c", 66))
    assert strong.members(1) == {1, 2, 3, 4}


def test_two_strangers_join_two_small_clusters_and_no_two_large_ones():
    first = [bond(1, n, "a") for n in range(2, 13)]
    second = [bond(21, n, "b") for n in range(22, 33)]
    between = bond(1, 21, "c", 50), bond(2, 22, "d", 50), bond(3, 23, "e", 50)
    everybody = [*range(1, 13), *range(21, 33)]
    assert len(partition(everybody, [*first, *second, *between[:2]], {})[0]) == 2
    assert len(partition(everybody, [*first, *second, *between], {})[0]) == 1


def test_one_report_merges_no_two_clusters_by_a_stronger_value_than_theirs():
    first = [bond(1, 2, "a", 40), bond(1, 3, "a", 40), bond(2, 3, "a", 40)]
    second = [bond(4, 5, "b", 40), bond(4, 6, "b", 40), bond(5, 6, "b", 40)]
    stranger = [bond(9, 1, "c", 66), bond(9, 4, "d", 66)]
    whole, proposals = partition((1, 2, 3, 4, 5, 6, 9), [*first, *second, *stranger], {})
    assert whole == [{1, 2, 3, 9}, {4, 5, 6}]
    assert proposals == {(1, 4)}
    said, _ = partition((1, 2, 3, 4, 5, 6), [*first, *second], {(1, 4): Verdict.SAME})
    assert said == [{1, 2, 3, 4, 5, 6}]


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9), st.sampled_from("abc")), max_size=20)
)
def test_no_cluster_hangs_by_one_report(rows):
    bonds = {bond(a, b, v) for a, b, v in rows if a != b}
    for cluster in partition(range(1, 10), bonds, {})[0]:
        for taken in cluster:
            rest = [b for b in bonds if {b.left, b.right} <= cluster - {taken}]
            groups = {r: {r} for r in cluster - {taken}}
            for b in rest:
                both = groups[b.left] | groups[b.right]
                groups.update(dict.fromkeys(both, both))
            large = {frozenset(group) for group in groups.values() if len(group) > 1}
            assert len(large) < 2


def test_no_report_is_counted_twice_between_two_clusters():
    assert independent([(1, 21), (1, 22), (1, 23)], most=5) == 1
    assert independent([(1, 21), (2, 21), (2, 22), (3, 22), (3, 23)], most=5) == 3
    assert independent([(1, 21), (1, 22), (2, 21)], most=5) == 2
    assert independent([(1, 21), (2, 22), (3, 23)], most=2) == 2
    assert independent([], most=2) == 0


def test_what_an_analyst_says_outranks_the_values_and_stays_when_more_comes():
    clusters = made(bond(1, 2), bond(2, 3))
    clusters.judge(1, 3, Verdict.DIFFERENT)
    assert clusters.members(1) != clusters.members(3)
    clusters.add(9, [bond(9, 1), bond(9, 2), bond(9, 3)])
    assert clusters.members(1) != clusters.members(3)
    clusters.judge(1, 3, Verdict.UNSURE)
    assert clusters.members(1) == {1, 2, 3, 9}


def test_verdicts_that_contradict_each_other_wait_for_a_person():
    clusters = made(records=(1, 2, 3))
    clusters.judge(1, 3, Verdict.DIFFERENT)
    clusters.judge(1, 2, Verdict.SAME)
    clusters.judge(2, 3, Verdict.SAME)
    assert clusters.members(1) == {1, 2}
    assert clusters.proposals == {(1, 3)}


def test_an_old_name_leads_to_its_cluster_for_ever():
    clusters = made(records=(1, 2))
    first, second = clusters.name_of(1), clusters.name_of(2)
    clusters.judge(1, 2, Verdict.SAME)
    assert clusters.resolve(second) == clusters.name_of(2) == first
    clusters.judge(1, 2, Verdict.DIFFERENT)
    assert (clusters.resolve(first), clusters.resolve(second)) == (first, second)
    clusters.remove(2)
    assert clusters.resolve(second) is None


def test_a_report_is_never_paired_with_itself():
    with pytest.raises(ValueError, match="itself"):
        pair_of(3, 3)


def check(clusters):
    kept, proposals = clusters.from_scratch()
    assert clusters.all() == kept
    assert clusters.proposals == proposals
    records = set(clusters.bonds)
    assert set().union(*kept) == records
    for pair, verdict in clusters.verdicts.items():
        together = clusters.members(pair[0]) == clusters.members(pair[1])
        assert not (verdict is Verdict.DIFFERENT and together)
    names = {clusters.name_of(record) for record in records}
    assert len(names) == len(kept)
    for name in names:
        assert clusters.resolve(name) == name


def test_ten_thousand_steps_leave_no_name_dangling_and_equal_the_clusters_made_anew():
    chance = random.Random(8)
    clusters, newest, given_names = Clusters(), 0, set()
    for step in range(STEPS):
        records = sorted(clusters.bonds)
        act = chance.random()
        if act < 0.5 or len(records) < 4:
            newest += 1
            others = chance.sample(records, min(len(records), chance.choice((0, 0, 1, 1, 2))))
            ties = [
                bond(newest, o, chance.choice("abcdefgh"), chance.randint(40, 99)) for o in others
            ]
            clusters.add(newest, ties)
            given_names.add(clusters.name_of(newest))
        elif act < 0.6:
            one, other = chance.sample(records, 2)
            clusters.judge(one, other, chance.choice(list(Verdict)))
        else:
            clusters.remove(chance.choice(records))
        if step % 50 == 0:
            check(clusters)
            for name in given_names:
                found = clusters.resolve(name)
                assert found is None or clusters.resolve(found) == found
    check(clusters)


BONDS = st.lists(
    st.tuples(st.integers(1, 9), st.integers(1, 9), st.sampled_from("abc"), st.integers(40, 60)),
    max_size=14,
).map(lambda rows: [bond(a, b, v, t) for a, b, v, t in rows if a != b])


@settings(deadline=None)
@given(BONDS, st.randoms())
def test_the_order_in_which_facts_come_changes_nothing(bonds, chance):
    clusters = Clusters()
    for record in range(1, 10):
        clusters.add(record)
    shuffled = list(bonds)
    chance.shuffle(shuffled)
    for one in shuffled:
        clusters.add(one.right, [one])
    whole, proposals = partition(range(1, 10), set(bonds), {})
    assert clusters.all() == set(whole)
    assert clusters.proposals == proposals

"""Clusters kept one fact at a time equal those made anew from all facts, whatever comes."""

import os
from itertools import permutations
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import PersonRole
from havre.links.checking.rules import MemoryBook
from havre.links.rules.clusters import Verdict
from havre.links.rules.facts import CROWD, Side, Told, holders, most_counted

# `HAVRE_MODEL_STEPS=10000` tries that many merges, splits, judgements and deletions.
STEPS = int(os.environ.get("HAVRE_MODEL_STEPS", "600"))
STEPS_IN_A_ROW = 50
KINDS = (Kind.EMAIL, Kind.HANDLE, Kind.IP, Kind.PHONE)
ROLES = (
    PersonRole.SUSPECT,
    PersonRole.SUSPECT,
    PersonRole.SUSPECT,
    PersonRole.UNKNOWN,
    PersonRole.VICTIM,
    PersonRole.REPORTER,
)


def value(kind, n):
    return f"{kind}|{n}".encode()


def told(kind=Kind.EMAIL, role=PersonRole.SUSPECT, *, is_bare=False, near=None):
    return Told(kind, role, is_bare, near)


def number(n):
    return UUID(int=n)


def book_of(*reports, side=Side.SUSPECT):
    """Reports by what they tell, in the order in which they came."""
    book = MemoryBook(side)
    for n, values in enumerate(reports, start=1):
        book.add(number(n), {value(kind, v): told(kind, role) for kind, v, role in values})
    return book


def suspects(*values):
    return [(kind, n, PersonRole.SUSPECT) for kind, n in values]


def members(book, n):
    return {record.int for record in book.cluster[number(n)]}


def test_two_reports_of_one_address_are_of_one_suspect_and_of_no_victim():
    reports = [suspects((Kind.EMAIL, 1)), suspects((Kind.EMAIL, 1)), suspects((Kind.EMAIL, 2))]
    book = book_of(*reports)
    assert members(book, 1) == {1, 2}
    assert members(book, 3) == {3}
    assert members(book_of(*reports, side=Side.VICTIM), 1) == {1}


def test_a_childs_address_ties_reports_of_the_child_and_never_of_suspects():
    child = [(Kind.EMAIL, 1, PersonRole.VICTIM)]
    assert members(book_of(child, child), 1) == {1}
    assert members(book_of(child, child, side=Side.VICTIM), 1) == {1, 2}


def test_a_childs_address_that_its_reporter_gives_too_is_the_childs_in_any_order():
    for roles in permutations([PersonRole.VICTIM, PersonRole.REPORTER, PersonRole.SUSPECT]):
        one = MemoryBook(Side.VICTIM)
        for role in roles:
            one.note(number(1), value(Kind.EMAIL, 1), told(role=role))
        assert one.told[number(1)][value(Kind.EMAIL, 1)].role == PersonRole.VICTIM


def test_what_one_report_gives_as_a_reporters_ties_no_two_that_do_not_know_whose_it_is():
    unknown = [(Kind.EMAIL, 1, PersonRole.UNKNOWN)]
    book = book_of(unknown, unknown)
    assert members(book, 1) == {1, 2}
    book.add(number(3), {value(Kind.EMAIL, 1): told(role=PersonRole.REPORTER)})
    assert [members(book, n) for n in (1, 2, 3)] == [{1}, {2}, {3}]
    book.add(number(3), {})
    assert members(book, 1) == {1, 2}


def test_a_name_said_without_its_platform_ties_nothing():
    tellers = {number(n): told(Kind.HANDLE, is_bare=True) for n in (1, 2)}
    assert holders(Side.SUSPECT, tellers) == {}
    unknown = {number(n): told(Kind.HANDLE, PersonRole.UNKNOWN) for n in (1, 2)}
    assert holders(Side.SUSPECT, unknown) == {}


def test_a_value_that_becomes_a_crowds_lets_go_of_the_reports_it_tied():
    book = book_of(*[suspects((Kind.IP, 1))] * 3)
    assert members(book, 1) == {1, 2, 3}
    book.add(number(4), {value(Kind.IP, 1): told(Kind.IP)})
    assert members(book, 1) == {1}
    book.remove(number(4))
    assert members(book, 1) == {1, 2, 3}


def test_a_common_name_ties_reports_that_share_something_else_too():
    together = [suspects((Kind.HANDLE, 1), (Kind.IP, 1))] * 12
    assert len(members(book_of(*together), 1)) == 12
    apart = [suspects((Kind.HANDLE, 1), (Kind.PHONE, n)) for n in range(12)]
    assert members(book_of(*apart), 1) == {1}


def test_what_is_shared_with_a_crowd_does_not_show_that_reports_hang_together():
    crowd = [suspects((Kind.IP, 9))] * (CROWD - 11)
    names = [suspects((Kind.HANDLE, 1), (Kind.IP, 9))] * 12
    book = book_of(*names, *crowd)
    check(book)
    size = len(book.told)
    for n in range(size + 1, size + 4):
        book.add(number(n), {value(Kind.IP, 9): told(Kind.IP)})
        check(book)


def test_two_values_of_a_core_bring_a_report_whatever_else_it_tells():
    core = [suspects((Kind.EMAIL, 1), (kind, 1)) for kind in (Kind.HANDLE, Kind.IP) for _ in "four"]
    both = suspects((Kind.HANDLE, 1), (Kind.IP, 1), (Kind.PHONE, 7), (Kind.EMAIL, 7))
    one = suspects((Kind.HANDLE, 1), (Kind.PHONE, 8), (Kind.EMAIL, 8))
    book = book_of(*core, both, one)
    assert members(book, 9) == set(range(1, 10))
    check(book)


def test_an_address_of_many_brings_single_reports_and_never_merges_two_clusters():
    for busy, merged in ((60, True), (61, False)):
        sides = [suspects((Kind.EMAIL, n), (Kind.IP, m)) for n in (1, 2) for m in (1, 2) * 10]
        others = [suspects((Kind.IP, 1 + n % 2), (Kind.PHONE, n)) for n in range(2 * (busy - 20))]
        book = book_of(*sides, *others)
        assert (21 in members(book, 1)) is merged
        check(book)


def test_a_crowd_is_not_read_again_for_one_report_more_unless_a_child_may_be_in_it():
    suspect, unknown = ({value(Kind.IP, 9): told(Kind.IP, role)} for role in ROLES[2:4])
    book, crowd = book_of(), most_counted(Kind.IP)
    for n in range(1, crowd + 3):
        book.add(number(n), suspect if n < 3 else unknown)
    read = []
    plain, book.tellers_of = book.tellers_of, lambda v: read.extend(v) or plain(v)
    for n, told_so in ((crowd + 3, unknown), (crowd + 4, suspect)):
        book.add(number(n), told_so)
        assert book.kept[value(Kind.IP, 9)].reports == n
    assert not read
    book.add(number(crowd + 5), {value(Kind.IP, 9): told(Kind.IP, is_bare=True)})
    assert book.kept[value(Kind.IP, 9)].reports == 0
    check(book)
    book.add(number(crowd + 5), {value(Kind.IP, 9): told(Kind.IP, PersonRole.VICTIM)})
    assert members(book, 1) == {1, 2, crowd + 4}
    check(book)


def test_a_report_that_tells_nothing_else_goes_where_nearly_all_of_a_busy_name_or_address_are():
    for kind, busy, share in ((Kind.HANDLE, 400, 0.5), (Kind.IP, 150, 0.8)):
        gathered = [suspects((Kind.EMAIL, 1), (kind, 1))] * int(busy * share)
        elsewhere = [suspects((Kind.EMAIL, 2), (kind, 1))] * int(busy * (1 - share))
        book = book_of(*gathered, *elsewhere, suspects((kind, 1)))
        assert members(book, len(book.told)) > {1, len(gathered)}
        check(book)
        many = book_of(*gathered, *gathered, *gathered, suspects((kind, 1)))
        assert members(many, len(many.told)) == {len(many.told)}


def test_one_report_never_merges_two_clusters_whoever_sent_it():
    first, second = suspects((Kind.EMAIL, 1)), suspects((Kind.EMAIL, 2))
    book = book_of(first, first, second, second, suspects((Kind.EMAIL, 1), (Kind.EMAIL, 2)))
    assert members(book, 1) != members(book, 3)
    assert book.proposals
    book.judge(number(1), number(3), Verdict.SAME)
    assert members(book, 1) == {1, 2, 3, 4, 5}
    assert not book.proposals


def test_a_name_leads_to_its_cluster_for_ever_and_what_was_split_stays_apart():
    first, second = suspects((Kind.EMAIL, 1)), suspects((Kind.EMAIL, 2))
    book = book_of(first, first, second, second)
    names = [book.name_of(number(n)) for n in (1, 3)]
    book.judge(number(2), number(3), Verdict.SAME)
    assert book.name_of(number(3)) == names[0]
    book.judge(number(2), number(3), Verdict.DIFFERENT)
    assert [book.name_of(number(n)) for n in (1, 3)] == names
    book.add(number(5), {value(Kind.EMAIL, n): told() for n in (1, 2)})
    assert members(book, 2) != members(book, 3)
    book.judge(number(2), number(3), None)
    check(book)


def test_a_report_that_tells_one_name_and_little_else_goes_where_the_others_are():
    own, other = ((Kind.HANDLE, 1), (Kind.PHONE, 1)), ((Kind.HANDLE, 1), (Kind.PHONE, 2))
    book = book_of(*[suspects(*own)] * 3, suspects((Kind.HANDLE, 1)))
    assert members(book, 4) == {1, 2, 3, 4}
    for n in range(5, 15):
        book.add(number(n), {value(kind, v): told(kind) for kind, v in other})
        check(book)
    assert members(book, 4) == {4, *range(5, 15)}


def test_what_both_tell_and_do_not_share_speaks_against_a_common_name():
    own = (Kind.HANDLE, 1), (Kind.PHONE, 1), (Kind.EMAIL, 1)
    stranger = suspects((Kind.HANDLE, 1), (Kind.PHONE, 2), (Kind.EMAIL, 2))
    assert members(book_of(*[suspects(*own)] * 4, stranger), 5) == {5}


def test_a_report_that_tells_something_else_too_goes_by_one_name_to_few_alone():
    own, stranger = ((Kind.HANDLE, 1), (Kind.PHONE, 1)), ((Kind.HANDLE, 1), (Kind.PHONE, 2))
    assert members(book_of(*[suspects(*own)] * 3, suspects(*stranger)), 4) == {1, 2, 3, 4}
    assert members(book_of(*[suspects(*own)] * 4, suspects(*stranger)), 5) == {5}
    others = [suspects((Kind.HANDLE, 1), (Kind.PHONE, 3))] * 2
    assert members(book_of(*[suspects(*own)] * 3, *others, suspects(*stranger)), 6) == {6}


def test_two_weak_values_merge_two_clusters_when_two_reports_of_each_tell_them():
    first = [suspects((Kind.PHONE, 1), (Kind.HANDLE, 1)), suspects((Kind.PHONE, 1), (Kind.IP, 1))]
    second = [suspects((Kind.PHONE, 2), (Kind.HANDLE, 1)), suspects((Kind.PHONE, 2), (Kind.IP, 1))]
    assert members(book_of(*first, *second, *second), 1) == {1, 2, 3, 4, 5, 6}
    one = suspects((Kind.PHONE, 1), (Kind.HANDLE, 1), (Kind.IP, 1))
    plain = suspects((Kind.PHONE, 1))
    assert members(book_of(one, plain, *second, *second), 1) == {1, 2}


def test_a_report_that_tells_two_rare_names_brings_nobody_together():
    both = suspects((Kind.HANDLE, 1), (Kind.HANDLE, 2))
    book = book_of(both, *[suspects((Kind.HANDLE, n)) for n in (1, 1, 2, 2)])
    assert members(book, 2) == {2, 3}
    assert members(book, 4) == {4, 5}
    assert members(book, 1) == {1}


def two_persons(many):
    """Two persons' cores of so many reports and a small one of the second; strays in the first."""
    first = [suspects((Kind.PHONE, 1))] * many
    strays = [suspects((Kind.PHONE, 1), (Kind.HANDLE, 1)), suspects((Kind.PHONE, 1), (Kind.IP, 1))]
    apart = [suspects((Kind.PHONE, 3), (Kind.HANDLE, 1)), suspects((Kind.PHONE, 3), (Kind.IP, 1))]
    second = [suspects((Kind.PHONE, 2), (Kind.HANDLE, 1), (Kind.IP, 1))] * many
    return book_of(*strays, *apart, *first, *second)


def test_what_stray_reports_name_within_a_large_core_holds_no_two_persons_together():
    book = two_persons(30)
    assert members(book, 1) == {1, 2, *range(5, 35)}
    assert members(book, 3) == {3, 4, *range(35, 65)}
    assert len(members(two_persons(10), 1)) == 24


def test_as_cores_and_values_dwindle_what_was_stray_is_shared_with_whoever_else_tells_it():
    for going in (range(5, 35), range(35, 65)):
        book = two_persons(30)
        for n in going:
            book.remove(number(n))
            if n % 3 == 0:
                check(book)
            assert (3 in members(book, 1)) is (n >= going[11])


def check(book):
    """Nothing dangles, nothing judged apart is together, and all is as if made anew."""
    anew = book.anew()
    assert set(book.cluster) == set(book.told)
    assert set(book.cluster.values()) == set(anew.clusters)
    assert book.proposals == anew.proposals
    assert book.cores == anew.cores
    standing = {v: s for v, s in book.kept.items() if s.reports}
    assert standing == {v: s for v, s in anew.standings.items() if s.reports}
    for v, s in standing.items():
        assert s.reports == len(holders(book.side, book.tellers_of([v])[v]))
    for (one, other), verdict in book.verdicts.items():
        assert not (verdict is Verdict.DIFFERENT and book.cluster[one] == book.cluster[other])
    for cluster in anew.clusters:
        names = [n for n, anchor in book.names.items() if anchor in cluster]
        assert names or len(cluster) == 1
        assert book.name_of(min(cluster)) == min(names, default=None)
    for anchor in book.names.values():
        assert anchor is None or anchor in book.told


VALUES = st.dictionaries(
    st.tuples(st.sampled_from(KINDS), st.integers(1, 6)), st.sampled_from(ROLES), max_size=4
)


class WhateverComes(RuleBasedStateMachine):
    """Reports come, are read again and go; analysts judge and take it back."""

    @initialize(side=st.sampled_from(list(Side)))
    def begin(self, side):
        self.book, self.last = MemoryBook(side), 0

    @rule(values=VALUES, times=st.integers(1, 3))
    def comes(self, values, times):
        for _ in range(times):
            self.last += 1
            self.tell(number(self.last), values)

    @precondition(lambda self: self.book.told)
    @rule(values=VALUES, data=st.data())
    def is_read_again(self, values, data):
        self.tell(data.draw(st.sampled_from(sorted(self.book.told))), values)

    @precondition(lambda self: len(self.book.told) > 1)
    @rule(verdict=st.sampled_from([*Verdict, None]), data=st.data())
    def is_judged(self, verdict, data):
        one, other = data.draw(
            st.lists(st.sampled_from(sorted(self.book.told)), min_size=2, max_size=2, unique=True)
        )
        self.book.judge(one, other, verdict)

    @precondition(lambda self: self.book.told)
    @rule(data=st.data())
    def goes(self, data):
        self.book.remove(data.draw(st.sampled_from(sorted(self.book.told))))

    @invariant()
    def all_is_well(self):
        if hasattr(self, "book"):
            check(self.book)

    def tell(self, record, values):
        self.book.add(
            record,
            {
                # Names of one letter more resemble each other by twos.
                value(k, n): told(k, role, near=b"%d" % (n // 2) if k == Kind.HANDLE else None)
                for (k, n), role in values.items()
            },
        )


WhateverComes.TestCase.settings = settings(
    max_examples=max(STEPS // STEPS_IN_A_ROW, 1), stateful_step_count=STEPS_IN_A_ROW, deadline=None
)
TestWhateverComes = WhateverComes.TestCase

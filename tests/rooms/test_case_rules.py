"""Who may do what with a case, and how it moves: rules alone, tried against a plain model."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.cases.rules.access import (
    EVERYTHING,
    Access,
    Asker,
    CaseRole,
    Grant,
    GrantKind,
    GrantRefusedError,
    NoLeadError,
    Part,
    check_keeps_a_lead,
    granted,
    handed_over,
    may_join,
    may_lead,
    may_write,
    parts_open_to,
)
from havre.cases.rules.states import (
    FROM,
    CaseState,
    CaseStateError,
    ClosingReason,
    Life,
    Move,
    case_number,
    moved,
    moves_from,
)

START = datetime(2026, 11, 22, 12, tzinfo=UTC)
HARBOR, VALLEY, SHORE = "harbor", "valley", "shore"
AGENCIES = (HARBOR, VALLEY, SHORE)
OFFICERS = {f"{agency} {n}": agency for agency in AGENCIES for n in (1, 2)}
RUNS = settings(max_examples=2_000, deadline=None)

reasons = st.none() | st.sampled_from(ClosingReason)
steps = st.lists(st.tuples(st.sampled_from(Move), reasons), max_size=12)
kinds = st.sampled_from(GrantKind)
some_parts = st.frozensets(st.sampled_from(Part))
agencies = st.sampled_from(AGENCIES)
hours = st.integers(0, 72)
acts = st.lists(
    st.one_of(
        st.tuples(st.just("share"), agencies, kinds, some_parts, hours),
        st.tuples(st.just("withdraw"), agencies),
        st.tuples(st.just("hand over"), agencies),
        st.tuples(st.just("join"), st.sampled_from(sorted(OFFICERS)), st.sampled_from(CaseRole)),
        st.tuples(st.just("restrict"), st.booleans()),
        st.tuples(st.just("wait"), hours),
    ),
    max_size=10,
)


@RUNS
@given(steps)
def test_a_case_is_closed_with_a_reason_and_moves_only_as_the_table_says(steps):
    life, reopened = Life(), 0
    for move, because in steps:
        allowed = life.state in FROM[move] and (move is Move.CLOSE) == (because is not None)
        if not allowed:
            with pytest.raises(CaseStateError):
                moved(life, move, because=because)
            continue
        reopened += move is Move.REOPEN
        life = moved(life, move, because=because)
        assert (life.state is CaseState.CLOSED) == (life.because is not None)
        assert life.times_reopened == reopened
        assert moves_from(life.state)


class PlainCase:
    """What should hold, told as slowly as it can be: a ledger of who was given what, until when."""

    def __init__(self):
        self.now, self.access = START, Access(owner=HARBOR)
        self.ends: dict[str, tuple[datetime, frozenset[Part], GrantKind]] = {}

    def share(self, agency, kind, parts, lasting):
        grant = Grant(
            to_agency=agency, kind=kind, parts=parts, until=self.now + timedelta(hours=lasting)
        )
        if agency == self.access.owner or not grant.opens or lasting == 0:
            with pytest.raises(GrantRefusedError):
                granted(self.access, grant, at=self.now)
            return
        self.withdraw(agency)
        self.access = granted(self.access, grant, at=self.now)
        self.ends[agency] = (grant.until, grant.opens, kind)

    def withdraw(self, agency):
        self.ends.pop(agency, None)
        kept = tuple(g for g in self.access.grants if g.to_agency != agency)
        self.access = self.with_(grants=kept)

    def hand_over(self, agency):
        if agency == self.access.owner:
            with pytest.raises(GrantRefusedError):
                handed_over(self.access, to_agency=agency, at=self.now)
            return
        self.access = handed_over(self.access, to_agency=agency, at=self.now)
        self.ends.pop(agency, None)

    def join(self, officer, role):
        agency = OFFICERS[officer]
        if may_join(self.access, agency=agency, at=self.now):
            members = {**self.access.members, officer: (agency, role)}
            self.access = self.with_(members=members)

    def restrict(self, restricted):
        self.access = self.with_(restricted=restricted)

    def wait(self, lasting):
        self.now += timedelta(hours=lasting)

    def with_(self, **facts):
        kept = {
            name: getattr(self.access, name)
            for name in ("owner", "restricted", "members", "grants")
        }
        return Access(**{**kept, **facts})

    def opens(self, agency):
        until, parts, _kind = self.ends.get(agency, (self.now, frozenset(), None))
        return parts if self.now < until else None

    def is_joint(self, agency):
        return self.opens(agency) is not None and self.ends[agency][2] is GrantKind.JOINT


def assert_the_old_owner_is_out(case, old):
    for officer, agency in OFFICERS.items():
        if agency == old:
            who = Asker(officer=officer, agency=agency, leads_agency=True)
            assert parts_open_to(case.access, who, at=case.now) is None
            assert officer not in case.access.members
    if case.access.restricted:
        assert case.access.owner in {agency for agency, _role in case.access.members.values()}


@RUNS
@given(acts)
def test_nobody_reads_a_case_but_its_agency_and_whom_it_is_open_to_now(acts):
    case = PlainCase()
    for act, *told in acts:
        before = case.access.owner
        getattr(case, act.replace(" ", "_"))(*told)
        if case.access.owner != before:
            assert_the_old_owner_is_out(case, before)
        for officer, agency in OFFICERS.items():
            who = Asker(officer=officer, agency=agency, leads_agency=officer.endswith("1"))
            access, owns = case.access, agency == case.access.owner
            hidden = access.restricted and officer not in access.members
            expected = None if hidden else EVERYTHING if owns else case.opens(agency)
            assert parts_open_to(access, who, at=case.now) == expected
            role = access.members.get(officer, (agency, None))[1]
            works = expected is not None and (owns or case.is_joint(agency))
            writes = works and (owns if role is None else role is not CaseRole.READER)
            assert may_write(access, who, at=case.now) == writes
            leads = owns and expected is not None
            leads = leads and (role is CaseRole.LEAD or officer.endswith("1"))
            assert may_lead(access, who, at=case.now) == leads


def test_a_grant_ends_at_its_moment_and_not_a_second_later():
    grant = Grant(
        to_agency=VALLEY, kind=GrantKind.SHARE, parts=EVERYTHING, until=START + timedelta(hours=1)
    )
    assert grant.in_force(START + timedelta(minutes=59))
    assert not grant.in_force(START + timedelta(hours=1))


@pytest.mark.parametrize("lasting", [timedelta(0), timedelta(hours=-1), timedelta(days=367)])
def test_a_share_ends_after_now_and_within_a_year(lasting):
    grant = Grant(to_agency=VALLEY, kind=GrantKind.JOINT, parts=frozenset(), until=START + lasting)
    with pytest.raises(GrantRefusedError):
        granted(Access(owner=HARBOR), grant, at=START)


def test_a_restricted_case_keeps_one_who_leads_it():
    reader = {"harbor 1": (HARBOR, CaseRole.READER)}
    check_keeps_a_lead(Access(owner=HARBOR, members=reader))
    with pytest.raises(NoLeadError):
        check_keeps_a_lead(Access(owner=HARBOR, restricted=True, members=reader))
    lead = {"harbor 1": (HARBOR, CaseRole.LEAD)}
    check_keeps_a_lead(Access(owner=HARBOR, restricted=True, members=lead))


def test_a_number_is_written_with_its_year():
    assert case_number(2026, 7) == "2026-0007"
    assert case_number(2026, 12_345) == "2026-12345"

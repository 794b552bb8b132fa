"""Who may keep whose account: the rules alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from havre.agencies.rules.permits import DESK_ROLES, PLACES, Compartment, Role, stands_at
from havre.agencies.rules.sessions import SessionEnd, one_time_holds, session_end
from havre.agencies.rules.words import AgencyKind
from havre.agencies.staff.rules import (
    ABOVE,
    ONE_TIME_BYTES,
    Account,
    Keeper,
    Refusal,
    one_time_password,
    refusal_to_change,
    refusal_to_close,
    refusal_to_give,
    refusal_to_reopen,
    refusal_to_reset,
    roles_given_by,
)

GENERAL = frozenset({Compartment.GENERAL})
CLOSED_ROOM = frozenset({Compartment.GENERAL, Compartment.TRAFFICKING})
ADMIN = Keeper(id=UUID(int=1), role=Role.PLATFORM_ADMIN)
LEADER = Keeper(id=UUID(int=2), role=Role.SUPERVISOR)
SERGEANT = Keeper(id=UUID(int=3), role=Role.AGENCY_SUPERVISOR)
OPERATOR = Keeper(id=None, role=None)
ANALYST = Account(
    id=UUID(int=9),
    kind=AgencyKind.TIPLINE,
    role=Role.TIPLINE_ANALYST,
    compartments=GENERAL,
    is_active=True,
    other_admins=1,
)
ONLY_ADMIN = replace(ANALYST, id=ADMIN.id, role=Role.PLATFORM_ADMIN, other_admins=0)


@pytest.mark.parametrize("role", sorted(DESK_ROLES | {Role.PLATFORM_ADMIN}))
def test_the_desk_and_the_platform_are_the_tipline_s_alone(role):
    assert [kind for kind in AgencyKind if stands_at(role, kind)] == [AgencyKind.TIPLINE]


def test_who_watches_stands_where_nobody_investigates():
    for role in (Role.AUDITOR, Role.PRIVACY_OFFICER):
        assert set(PLACES[role]) == {AgencyKind.OVERSIGHT, AgencyKind.TIPLINE}
    assert not stands_at(Role.DETECTIVE, AgencyKind.TIPLINE)
    assert stands_at(Role.RESEARCHER, AgencyKind.POLICE)


def test_every_kind_of_agency_has_some_role():
    for kind in AgencyKind:
        assert roles_given_by(ADMIN, kind)


@pytest.mark.parametrize("keeper", [LEADER, SERGEANT])
def test_a_supervisor_gives_no_role_that_watches_or_leads_and_opens_no_compartment(keeper):
    assert not set(roles_given_by(keeper)) & ABOVE
    kind = AgencyKind.TIPLINE if keeper is LEADER else AgencyKind.POLICE
    own = roles_given_by(keeper, kind)[0]
    give = {"role": own, "kind": kind, "compartments": GENERAL}
    assert refusal_to_give(keeper, **give) is None
    for role in (one for one in ABOVE if stands_at(one, kind)):
        assert refusal_to_give(keeper, **give | {"role": role}) is Refusal.ROLE_NOT_YOURS
    refusal = refusal_to_give(
        LEADER, role=Role.TIPLINE_ANALYST, kind=AgencyKind.TIPLINE, compartments=CLOSED_ROOM
    )
    assert refusal is Refusal.COMPARTMENT_NOT_YOURS


def test_only_the_desk_holds_a_closed_compartment_and_only_an_administrator_opens_it():
    give = {"kind": AgencyKind.TIPLINE, "compartments": CLOSED_ROOM}
    assert refusal_to_give(ADMIN, role=Role.TIPLINE_ANALYST, **give) is None
    for role in (Role.OUTREACH_OFFICER, Role.PLATFORM_ADMIN, Role.RESEARCHER):
        assert refusal_to_give(ADMIN, role=role, **give) is Refusal.COMPARTMENT_NEEDS_DESK


def test_not_even_an_administrator_puts_a_desk_role_outside_the_tipline():
    for keeper in (ADMIN, OPERATOR):
        refusal = refusal_to_give(
            keeper, role=Role.TIPLINE_ANALYST, kind=AgencyKind.POLICE, compartments=GENERAL
        )
        assert refusal is Refusal.WRONG_PLACE


@pytest.mark.parametrize("keeper", [ADMIN, LEADER])
def test_nobody_changes_closes_or_resets_their_own_account_but_for_its_language(keeper):
    own = replace(ANALYST, id=keeper.id, role=keeper.role)
    same = {"role": own.role, "compartments": own.compartments}
    assert refusal_to_change(keeper, own, **same) is None
    lower = same | {"role": Role.INTERPRETER}
    assert refusal_to_change(keeper, own, **lower) is Refusal.ONESELF
    wider = same | {"compartments": CLOSED_ROOM}
    assert refusal_to_change(keeper, own, **wider) is Refusal.ONESELF
    assert refusal_to_close(keeper, own) is Refusal.ONESELF
    assert refusal_to_reset(keeper, own) is Refusal.ONESELF
    assert refusal_to_reopen(keeper, replace(own, is_active=False)) is Refusal.ONESELF


def test_the_last_administrator_stays_even_for_the_operator():
    assert refusal_to_close(OPERATOR, ONLY_ADMIN) is Refusal.LAST_ADMIN
    lower = {"role": Role.INTERPRETER, "compartments": GENERAL}
    assert refusal_to_change(OPERATOR, ONLY_ADMIN, **lower) is Refusal.LAST_ADMIN
    assert refusal_to_close(OPERATOR, replace(ONLY_ADMIN, other_admins=1)) is None


@pytest.mark.parametrize("role", sorted(ABOVE))
def test_a_supervisor_does_nothing_with_the_account_of_who_watches_or_leads(role):
    account = replace(ANALYST, role=role)
    same = {"role": role, "compartments": GENERAL}
    assert refusal_to_change(LEADER, account, **same) is Refusal.ABOVE_YOU
    assert refusal_to_close(LEADER, account) is Refusal.ABOVE_YOU
    assert refusal_to_reset(LEADER, account) is Refusal.ABOVE_YOU
    assert refusal_to_reset(ADMIN, account) is None


def test_a_supervisor_closes_whoever_holds_more_but_cannot_go_in_as_them():
    holder = replace(ANALYST, compartments=CLOSED_ROOM)
    assert refusal_to_close(LEADER, holder) is None
    assert refusal_to_reset(LEADER, holder) is Refusal.ABOVE_YOU
    assert refusal_to_reopen(LEADER, replace(holder, is_active=False)) is Refusal.ABOVE_YOU
    to_interpreter = {"role": Role.INTERPRETER, "compartments": GENERAL}
    assert refusal_to_change(LEADER, holder, **to_interpreter) is Refusal.COMPARTMENT_NOT_YOURS


def test_what_is_done_already_is_not_done_again():
    closed = replace(ANALYST, is_active=False)
    assert refusal_to_close(ADMIN, closed) is Refusal.STATE
    assert refusal_to_reset(ADMIN, closed) is Refusal.STATE
    assert refusal_to_reopen(ADMIN, ANALYST) is Refusal.STATE
    assert refusal_to_reopen(ADMIN, closed) is None


def test_a_one_time_password_is_easy_to_read_out_and_every_bit_counts():
    made = {one_time_password(bytes([n] * ONE_TIME_BYTES)) for n in range(256)}
    assert len(made) == 256
    for password in made:
        assert [len(group) for group in password.split("-")] == [4, 4, 4, 4]
        assert not set(password) & set("ilou")


def test_a_one_time_password_lasts_until_its_time_and_one_s_own_for_ever():
    now = datetime(2026, 11, 22, 6, tzinfo=UTC)
    assert one_time_holds(None, now)
    assert one_time_holds(now + timedelta(seconds=1), now)
    assert not one_time_holds(now, now)


def test_a_sign_in_from_before_it_was_ended_is_over_and_a_later_one_is_not():
    now = datetime(2026, 11, 22, 6, tzinfo=UTC)
    ended = now - timedelta(minutes=5)
    before, after = ended - timedelta(seconds=1), ended + timedelta(seconds=1)
    assert session_end(before, now, now, ended_at=ended) is SessionEnd.BY_KEEPER
    assert session_end(after, now, now, ended_at=ended) is None


def test_trafficking_is_held_beside_the_desk_by_those_alone_who_work_on_it():
    for role, may_hold in (
        (Role.NATIONAL_COORDINATOR, True),
        (Role.CROWN_LIAISON, False),
        (Role.AUDITOR, False),
    ):
        kind = AgencyKind.NATIONAL_CENTRE if may_hold else AgencyKind.OVERSIGHT
        kind = AgencyKind.POLICE if role is Role.CROWN_LIAISON else kind
        refused = refusal_to_give(
            OPERATOR, role=role, kind=kind, compartments=frozenset({Compartment.TRAFFICKING})
        )
        assert refused is (None if may_hold else Refusal.COMPARTMENT_NEEDS_DESK)
    elsewhere = frozenset({Compartment.CONFLICT_OF_INTEREST})
    given = {"role": Role.DETECTIVE, "kind": AgencyKind.POLICE, "compartments": elsewhere}
    assert refusal_to_give(OPERATOR, **given) is Refusal.COMPARTMENT_NEEDS_DESK

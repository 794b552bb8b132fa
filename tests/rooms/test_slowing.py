"""The rule that slows failed tries, without a database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.agencies.rules.sessions import LONGEST, LONGEST_IDLE, SessionEnd, session_end
from havre.agencies.rules.slowing import (
    FORGOTTEN_AFTER,
    LONGEST_ADDED_WAIT_SECONDS,
    LONGEST_WAIT_SECONDS,
    Tally,
    added_wait,
    network_of,
    own_wait,
    seconds_to_wait,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
NOBODY_ELSE = Tally(0, NOW)
counts = st.integers(min_value=0, max_value=10_000)
seconds = st.integers(min_value=0, max_value=3600)


def failed(times: int, ago: float = 0) -> Tally:
    return Tally(times, NOW - timedelta(seconds=ago))


def wait(pair: Tally, anywhere: Tally = NOBODY_ELSE, *, known: bool = True) -> int:
    return seconds_to_wait(pair, anywhere, is_known_network=known, now=NOW)


def test_three_failures_are_free_and_then_the_wait_doubles_up_to_half_a_minute():
    assert [own_wait(n) for n in range(11)] == [0, 0, 0, 1, 2, 4, 8, 16, 30, 30, 30]


def test_many_failures_from_anywhere_add_at_most_five_seconds():
    assert [added_wait(n) for n in (0, 9, 10, 11, 14, 15, 5000)] == [0, 0, 1, 2, 5, 5, 5]


def test_the_wait_runs_from_the_last_try():
    assert wait(failed(6, ago=0)) == 8
    assert wait(failed(6, ago=5.5)) == 3
    assert wait(failed(6, ago=8)) == 0


def test_failures_are_forgotten_after_a_quarter_of_an_hour():
    assert wait(failed(50, ago=FORGOTTEN_AFTER.total_seconds())) == 0


def test_a_network_that_succeeded_before_never_waits_for_failures_elsewhere():
    assert wait(failed(0), failed(5000), known=True) == 0
    assert wait(failed(0), failed(5000), known=False) == LONGEST_ADDED_WAIT_SECONDS


@given(mine=counts, ago=seconds, theirs=counts, known=st.booleans())
def test_nobody_ever_waits_longer_than_half_a_minute(mine, ago, theirs, known):
    assert 0 <= wait(failed(mine, ago), failed(theirs), known=known) <= LONGEST_WAIT_SECONDS


@given(mine=counts, ago=seconds, theirs=counts, known=st.booleans())
def test_whoever_waits_as_told_is_heard_whatever_others_do_meanwhile(mine, ago, theirs, known):
    pair = failed(mine, ago).as_of(NOW)
    later = NOW + timedelta(seconds=wait(pair, failed(theirs), known=known))
    anywhere = Tally(theirs, later)

    assert seconds_to_wait(pair, anywhere, is_known_network=known, now=later) == 0


@given(mine=counts, ago=seconds, theirs=counts)
def test_one_more_failure_never_shortens_the_wait(mine, ago, theirs):
    anywhere = failed(theirs)
    assert wait(failed(mine, ago), anywhere) <= wait(failed(mine + 1, ago), anywhere)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("", "-"),
        ("a socket", "-"),
    ],
)
def test_a_network_is_as_much_of_an_address_as_an_office_has(address, network):
    assert network_of(address) == network


def test_a_sign_in_ends_after_a_shift_or_after_half_an_hour_away():
    begun = NOW - LONGEST + timedelta(seconds=1)
    assert session_end(begun, NOW, NOW) is None
    assert session_end(begun, NOW, NOW + timedelta(seconds=1)) is SessionEnd.TOO_LONG
    assert session_end(NOW, NOW, NOW + LONGEST_IDLE) is SessionEnd.IDLE

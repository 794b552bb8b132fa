"""Counts that are held for a while, and no longer."""

from datetime import timedelta

from havre.plumbing import clock
from havre.plumbing.holding import Held


def test_what_ran_out_is_not_kept_for_whoever_never_asks_again():
    held, begun = Held[int](size=int, holds=timedelta(seconds=30), many=2), clock.now()
    with clock.clock_set_to(begun):
        assert (held.of("few", lambda: 1), held.of("few", lambda: 0)) == (1, 0)
        assert (held.of("early", lambda: 2), held.of("early", lambda: 3)) == (2, 2)
    with clock.clock_set_to(begun + timedelta(seconds=20)):
        assert held.of("late", lambda: 4) == 4
    with clock.clock_set_to(begun + timedelta(seconds=31)):
        assert held.of("last", lambda: 5) == 5
        assert held.of("late", lambda: 6) == 4
    assert set(held._kept) == {"late", "last"}

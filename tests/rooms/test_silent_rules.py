"""How long something may be kept quiet, and where that stands."""

from datetime import timedelta

import pytest

from havre.links.silent.rules import SilentDaysError, SilentState, check_days, state_of
from havre.plumbing import clock


def test_a_silent_watch_is_for_half_a_year_at_most():
    day = clock.now().date()
    check_days(day + timedelta(days=182), today=day)
    for wrong in (-1, 183):
        with pytest.raises(SilentDaysError):
            check_days(day + timedelta(days=wrong), today=day)


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"until": None}, SilentState.ASKED),
        ({"until": None, "is_refused": True}, SilentState.REFUSED),
        ({"until": None, "is_ended": True}, SilentState.OVER),
        ({"until": 1}, SilentState.IN_FORCE),
        ({"until": 1, "is_refused": True}, SilentState.IN_FORCE),
        ({"until": 1, "is_ended": True}, SilentState.OVER),
        ({"until": 0}, SilentState.OVER),
    ],
)
def test_where_a_silent_watch_stands(facts, state):
    now = clock.now()
    facts = {"is_refused": False, "is_ended": False, **facts}
    if facts["until"] is not None:
        facts["until"] = now + timedelta(days=facts["until"])
    assert state_of(**facts, now=now) is state

"""Stopping what Havre started, whatever became of it meanwhile."""

import os

from havre.wiring.commands.children import Child


def test_one_that_ended_by_itself_a_moment_ago_is_stopped_like_any_other(tmp_path):
    """Collected without our knowing, it was looked for in vain, and stopping broke off."""
    child = Child("no such thing", ["no-such-command"], dict(os.environ), tmp_path / "log")
    child.start()
    os.waitid(os.P_PID, child.process.pid, os.WEXITED | os.WNOWAIT)
    child.stop()
    assert child.process is None
    assert "no-such-command" in child.last_words()

"""Starts a program that ends when its parent ends, under another account if told so.

Run as a file, not as a module: `python -I leash.py PARENT SIGNAL UID:GID COMMAND…`, where
UID:GID may be `-`. A shell trap or an exit handler would not survive `kill -9` of the parent.
"""

import ctypes
import os
import signal
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1


def die_with_parent(parent: int, last_signal: int) -> None:
    """Ask the kernel for a signal when the parent ends; end at once if it already has."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, last_signal, 0, 0, 0)
    if os.getppid() != parent:
        raise SystemExit(1)


def leashed(
    command: list[str],
    *,
    last_signal: signal.Signals = signal.SIGTERM,
    account: tuple[int, int] | None = None,
) -> list[str]:
    """The command line that starts `command` as a leashed child of this process."""
    who = "-" if account is None else f"{account[0]}:{account[1]}"
    leash = [sys.executable, "-I", str(Path(__file__).resolve())]
    return [*leash, str(os.getpid()), str(int(last_signal)), who, *command]


def main(arguments: list[str]) -> None:
    """Drop the account, fasten the leash, become the command."""
    parent, last_signal, who, *command = arguments
    if who != "-":
        uid, gid = (int(number) for number in who.split(":"))
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    # A change of account clears the leash: fasten it last.
    die_with_parent(int(parent), int(last_signal))
    os.execv(command[0], command)  # noqa: S606 - the command is ours, and no shell is meant


if __name__ == "__main__":
    main(sys.argv[1:])

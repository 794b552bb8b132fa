"""`havre package verify FILE`: check a package without a server, a database or a network."""

import argparse
from pathlib import Path
from typing import Any

from havre.referrals.packages.rules.archive import checked


def add_package(command: argparse.ArgumentParser) -> None:
    """The options of `havre package`."""
    command.add_argument("act", choices=["verify"], help="what to do with it")
    command.add_argument("file", type=Path, help="the archive, as it was taken away")


def run_package(told: Any) -> int:  # noqa: ANN401 - argparse's own
    """Say what a package is about and whether a byte of it was changed; 1 when one was."""
    try:
        verdict = checked(told.file.read_bytes())
    except OSError as error:
        print(f"{told.file}: {error.strerror}")
        return 1
    print(f"sha256 {verdict.sha256}")
    if verdict.is_whole:
        print(f"{verdict.about}: {verdict.members} members, every byte as it was packed")
        return 0
    for name in verdict.faults:
        print(f"CHANGED: {name}")
    return 1

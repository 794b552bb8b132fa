"""The paging policy: a versioned file of minutes and tries, read and checked."""

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

CURRENT = Path(__file__).parent.parent / "data" / "paging.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class PagingPolicy:
    """How long each one has, and how often a way that fails is tried."""

    version: str
    acknowledge: timedelta
    retries: tuple[timedelta, ...]
    gather: timedelta
    unattended_immediate: timedelta
    unattended_today: timedelta

    def next_try(self, tries: int) -> timedelta | None:
        """How long to wait after so many tries that failed; None when no other follows."""
        return self.retries[tries - 1] if tries <= len(self.retries) else None


def load_paging_policy(path: Path = CURRENT) -> PagingPolicy:
    """Read the file. Raises ValueError with what is wrong in it."""
    tree = tomllib.loads(path.read_text(encoding="utf-8"))
    retries = tree.get("retry_seconds")
    if not isinstance(retries, list) or not retries:
        msg = "retry_seconds: a way that fails once would be given up at once"
        raise ValueError(msg)
    return PagingPolicy(
        version=str(tree["version"]),
        acknowledge=timedelta(minutes=_whole(tree, "acknowledge_minutes")),
        retries=tuple(timedelta(seconds=_whole({"retry": each}, "retry")) for each in retries),
        gather=timedelta(seconds=_whole(tree, "gather_seconds")),
        unattended_immediate=timedelta(minutes=_whole(tree, "unattended_immediate_minutes")),
        unattended_today=timedelta(minutes=_whole(tree, "unattended_today_minutes")),
    )


def _whole(tree: dict[str, Any], key: str) -> int:
    value = tree.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        msg = f"{key} is not a whole number of 1 or more"
        raise ValueError(msg)
    return value

"""French catalogues, compiled from the .po files people edit, without gettext's programs."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parents[1]


def compile_catalogues(folder: Path = PACKAGE) -> int:
    """Compile every catalogue below `folder` that is newer than its result; say how many."""
    stale = [po for po in folder.rglob("LC_MESSAGES/*.po") if is_stale(po)]
    for po in stale:
        compile_one(po)
    return len(stale)


def is_stale(po: Path) -> bool:
    """Whether the compiled form is missing or older than its source."""
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime_ns < po.stat().st_mtime_ns


def compile_one(po: Path) -> None:
    """Write the compiled form in one move, so that a reader never meets half a file."""
    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parent.parent.name)
    part = po.with_suffix(f".{os.getpid()}.part")
    with part.open("wb") as target:
        write_mo(target, catalogue)
    part.replace(po.with_suffix(".mo"))

"""The edition of the finding rules and normal forms: a digest of what they are made of.

Nobody has to remember to count it up. Comments, docstrings and layout are left out of it.
"""

import ast
import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import cache
from importlib.metadata import version
from pathlib import Path

ROOM = Path(__file__).parents[1]
# What reads a text for us, beside our own rules.
PACKAGES = ("google-re2", "phonenumbers")
# What a rule or a list is kept in. What else an editor or a system leaves beside them is neither.
KEPT_IN = {".py", ".toml", ".txt"}
Part = tuple[str, bytes]
# A report at which the rules fail is tried again so much later, twice as late each time, for ever.
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=6)
MOST_DOUBLINGS = 10


def wait_after(tries: int) -> timedelta:
    """How long a report waits for the next try at noting it, after so many that failed."""
    doublings = min(tries - 1, MOST_DOUBLINGS)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def parts_in(room: Path) -> Iterator[Part]:
    """The name and the bytes of everything in a room that decides what is found, and how written.

    Its rules, their data, and what says to which incident of a split report something belongs.
    """
    for path in sorted(room.rglob("*")):
        name = path.relative_to(room)
        is_ours = {"rules", "data"} & set(name.parts[:-1]) or name.name == "placing.py"
        is_kept = path.suffix in KEPT_IN and not path.name.startswith(".")
        if is_ours and is_kept and path.is_file():
            # A list is read by its lines, however they end.
            yield name.as_posix(), path.read_bytes().replace(b"\r\n", b"\n")


# Read when this is loaded, as the rules are: files that change under a process are not its rules.
_PARTS = tuple(parts_in(ROOM))


@cache
def edition() -> str:
    """The edition of the rules that this process runs."""
    beside = [f"{name} {version(name)}" for name in PACKAGES]
    return digest_of(_PARTS, [*beside, f"unicode {unicodedata.unidata_version}"])


def digest_of(parts: Iterable[Part], beside: Iterable[str]) -> str:
    """The digest of these parts, each with its name, and of what else decides."""
    whole = hashlib.sha256()
    for name, written in parts:
        told = _without_words(written) if name.endswith(".py") else written
        whole.update(f"{name} {len(told)}\n".encode() + told)
    whole.update("\n".join(beside).encode())
    return whole.hexdigest()


def _without_words(written: bytes) -> bytes:
    """What a module says to the machine alone."""
    tree = ast.parse(written)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            node.body = [one for one in node.body if not _is_words(one)]
    return ast.dump(tree).encode()


def _is_words(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )

"""The edition of the rules moves with what is found and how it is written, and with no word."""

import ast
from pathlib import Path

import pytest

from havre.identifiers.editions import rules
from havre.identifiers.editions.rules import ROOM, digest_of, edition, parts_in

MODULE = b"def one():\n    return 1\n"
# What the rules know from outside their room: words and shapes, and no rule of finding.
FROM_OUTSIDE = {"havre.intake.rules.submission"}


def digest(module: bytes = MODULE, *, data: bytes = b"a\n", beside: str = "re 1") -> str:
    return digest_of([("rules/a.py", module), ("data/words.txt", data)], [beside])


@pytest.mark.parametrize(
    "module",
    [
        b"def one():\n    # why\n    return 1\n",
        b'def one():\n    """Give one."""\n    return 1\n',
        b'"""What this is."""\n\n\ndef one():\n    return (1)\n',
    ],
)
def test_words_about_the_rules_make_no_other_edition(module):
    assert digest(module) == digest()


@pytest.mark.parametrize(
    "change",
    [
        {"module": b"def one():\n    return 2\n"},
        {"module": b"def one():\n    return 1\n\n\nX = 'why'\n"},
        {"data": b"b\n"},
        {"data": b"# a\n"},
        {"beside": "re 2"},
    ],
)
def test_whatever_decides_makes_another(change):
    assert digest(**change) != digest()


def test_what_moves_to_another_name_makes_another():
    assert digest_of([("b.py", MODULE)], []) != digest_of([("a.py", MODULE)], [])


def test_every_module_of_the_rules_and_every_list_is_in_it():
    names = {name for name, _written in parts_in(ROOM)}
    modules = [path for path in ROOM.rglob("*.py") if path.parent.name == "rules"]
    lists = [path for path in ROOM.rglob("data/*") if path.is_file()]
    assert len(modules) > 40
    assert len(lists) > 5
    assert {path.relative_to(ROOM).as_posix() for path in (*modules, *lists)} < names
    assert "placing.py" in names
    assert tuple(parts_in(ROOM)) == rules._PARTS


def test_two_machines_with_one_release_have_one_edition(tmp_path):
    for machine, end in (("web", b"\n"), ("worker", b"\r\n")):
        (tmp_path / machine / "rules").mkdir(parents=True)
        (tmp_path / machine / "data").mkdir()
        (tmp_path / machine / "rules" / "a.py").write_bytes(b"X = 1" + end)
        (tmp_path / machine / "data" / "words.txt").write_bytes(b"one" + end + b"two" + end)
    beside = ["rules/a.pyc", "rules/a.py~", "rules/.#a.py", "data/.DS_Store", "data/words.txt.orig"]
    for name in beside:
        (tmp_path / "worker" / name).write_bytes(b"-")

    web, worker = (tuple(parts_in(tmp_path / machine)) for machine in ("web", "worker"))

    assert [name for name, _written in web] == ["data/words.txt", "rules/a.py"]
    assert worker == web


def test_the_rules_follow_nothing_that_is_not_in_it():
    modules = [path for path in ROOM.rglob("*.py") if path.parent.name == "rules"]
    used = {name for path in modules for name in imported(path) if name.startswith("havre")}
    outside = {name for name in used if not name.startswith("havre.identifiers.")}
    assert outside == FROM_OUTSIDE
    assert {name for name in used - outside if ".rules" not in name} == set()


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    return {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def test_the_edition_is_one_digest_for_a_process():
    assert len(edition()) == 64
    assert edition() is edition()

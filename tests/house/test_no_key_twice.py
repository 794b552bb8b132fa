"""A key written twice in one table counts once, and perhaps the wrong one: no key stands twice."""

import ast
from collections import Counter
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2] / "havre"
FILES = [p for p in sorted(HOUSE.rglob("*.py")) if "migrations" not in p.parts]


def keys_written_twice(source: str) -> list[str]:
    """The keys that a table in this source names more than once."""
    twice = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Dict):
            keys = Counter(ast.unparse(key) for key in node.keys if key is not None)
            twice += [key for key, count in keys.items() if count > 1]
    return twice


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_no_table_names_a_key_twice(path):
    assert keys_written_twice(path.read_text()) == []


def test_a_key_written_twice_is_found():
    assert keys_written_twice("{Role.A: 1, Role.B: 2, Role.A: 3, **more}") == ["Role.A"]

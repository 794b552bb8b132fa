"""A question goes unasked only where the very table that it reads is known to hold nothing."""

import ast
from importlib import import_module

import pytest

from havre.triage.steps.absent import ASKED_FOR
from tests.house.sources import sources


def questions() -> list[tuple[str, str, str, str]]:
    """Each such question: its file, its name, the table it is left out for, the model it reads."""
    found = []
    for source in sources():
        for node in ast.walk(ast.parse(source.text)):
            for one in getattr(node, "decorator_list", ()):
                match one:
                    case ast.Call(func=ast.Name("none_without"), args=[ast.Constant(table)]):
                        model = ast.unparse(node.returns).removeprefix("QuerySet[")
                        model = model.rstrip("]").partition(",")[0]
                        found.append((source.name, node.name, table, model))
    return found


@pytest.mark.parametrize(("file", "question", "table", "model"), questions())
def test_a_question_is_left_out_for_the_table_that_it_reads(file, question, table, model):
    room = import_module("havre." + file.removesuffix(".py").replace("/", "."))

    assert getattr(room, model)._meta.db_table == table, question
    assert table in ASKED_FOR

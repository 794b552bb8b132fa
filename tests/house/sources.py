"""The files of the house as they are written, each read and parsed once for all rules."""

import ast
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

HOUSE = Path(__file__).parents[2] / "havre"


@dataclass(frozen=True)
class Function:
    """One function: its name, its length, and what an action is asked for."""

    name: str
    lines: int
    is_inner: bool
    keywords: set[str]
    decorators: set[str]


@dataclass
class Source:
    """One file, and what the rules ask of it."""

    path: Path
    text: str
    functions: list[Function] = field(default_factory=list)
    imported: set[str] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    # Functions that are given a text with values already in it, and the lines where.
    formatted: list[tuple[str, int]] = field(default_factory=list)
    keys_twice: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return name_of(self.path)


def name_of(path: Path) -> str:
    return str(path.relative_to(HOUSE))


@cache
def sources() -> list[Source]:
    """Every file of the house but the migrations."""
    paths = [path for path in sorted(HOUSE.rglob("*.py")) if "migrations" not in path.parts]
    return [source_of(path.read_text(), path) for path in paths]


def source_of(text: str, path: Path) -> Source:
    """What the rules ask of a file with this text."""
    source = Source(path, text)
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                source.functions.append(function_of(node))
            case ast.Import():
                source.imported |= {alias.name for alias in node.names}
            case ast.ImportFrom(module=str(module)):
                source.imported |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
            case ast.Attribute():
                source.touched.add(node.attr)
            case ast.Call(func=ast.Name(id=name), args=[ast.JoinedStr(), *_]):
                source.formatted.append((name, node.lineno))
            case ast.Dict():
                keys = Counter(ast.unparse(key) for key in node.keys if key is not None)
                source.keys_twice += [key for key, count in keys.items() if count > 1]
    return source


def function_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Function:
    return Function(
        node.name,
        lines=node.end_lineno - node.lineno,
        is_inner=node.col_offset > 0,
        keywords={argument.arg for argument in node.args.kwonlyargs},
        decorators={ast.unparse(one).partition("(")[0] for one in node.decorator_list},
    )

"""What a data file says, as the rules ask for it."""

import tomllib
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")


def said_in(path: Path, kind: type[T]) -> T:
    """What a TOML file says under the names of a dataclass's fields. Raises KeyError for less."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return kind(**{one.name: told[one.name] for one in fields(kind)})

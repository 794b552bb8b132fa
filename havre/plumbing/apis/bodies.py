"""JSON from strangers: read by the letter, then held against a type, every fault at once."""

import json
import re
from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

import msgspec
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havre.plumbing.apis.problems import Fault, Kind, ProblemError, pointer
from havre.plumbing.apis.reasons import OF_A_TYPE

T = TypeVar("T")
MOST_DEPTH = 40
# Each value costs a hundred times its bytes once it is an object.
MOST_VALUES = 200_000
# What no XML could carry, and no text needs: control characters, and halves of characters.
UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
IS_MISSING = gettext_lazy("is missing")
IS_UNKNOWN = gettext_lazy("is not known here")
IS_UNPRINTABLE = gettext_lazy("holds a character that no text needs, such as NUL")
IS_TWICE = gettext_lazy("comes twice")
IS_TOO_DEEP = gettext_lazy("is nested too deep")
# Possessive: to be able to go back in a long text costs a hundred times its bytes.
_TEXT = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
# A reason of the library: what it expects, with the place behind it, which the pointer says.
_PLACE = re.compile(r" - at `[^`]*`\Z")


def json_in(data: bytes) -> Any:  # noqa: ANN401 - whatever JSON holds
    """What a JSON document holds. Raises ProblemError for what is no JSON, by the letter of it.

    Refused with it: a name that comes twice in one object (readers would differ about which one
    counts), NaN, and what is nested too deep or holds too many values, before it costs anything.
    """
    try:
        text = data.decode()
        if _values_in(text) > MOST_VALUES:
            said = _("The body holds more than %(count)d values.") % {"count": MOST_VALUES}
            raise ProblemError(Kind.TOO_LARGE, said)
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise ProblemError(Kind.MALFORMED, _("The body is not UTF-8.")) from None
    except json.JSONDecodeError as error:
        said = _("The body is no JSON: look at line %(line)d, column %(column)d.")
        place = {"line": error.lineno, "column": error.colno}
        raise ProblemError(Kind.MALFORMED, said % place) from None
    except RecursionError:
        raise ProblemError(Kind.MALFORMED, _("The body is nested too deep.")) from None
    except ValueError:  # a number of thousands of digits
        raise ProblemError(Kind.MALFORMED, _("The body holds a number that is none.")) from None


def typed(raw: object, kind: type[T]) -> T:
    """What was sent, as a value of a type. Raises ProblemError with every fault at once."""
    faults = [*odd_texts(raw), *_faults(raw, kind, "")]
    if faults:
        raise ProblemError(Kind.INVALID, faults=faults)
    return msgspec.convert(raw, kind)


def typed_query(request: HttpRequest, kind: type[T]) -> T:
    """The query of an address, as a value of a type. Raises ProblemError with every fault."""
    asked = {name: values[0] for name, values in request.GET.lists()}
    faults = [
        *(
            Fault(name, IS_TWICE, "parameter")
            for name, all_of in request.GET.lists()
            if len(all_of) > 1
        ),
        *(
            Fault(one.at.strip("/").split("/")[0], one.reason, "parameter")
            for one in (*odd_texts(asked), *_faults(asked, kind, "", strict=False))
        ),
    ]
    if faults:
        raise ProblemError(Kind.INVALID, faults=faults)
    return msgspec.convert(asked, kind, strict=False)


def odd_texts(raw: object, at: str = "", depth: int = 0) -> Iterator[Fault]:
    """Where a body holds texts that could never be written down, or is nested too deep."""
    if depth > MOST_DEPTH:
        yield Fault(at, IS_TOO_DEEP)
    elif isinstance(raw, str):
        if UNPRINTABLE.search(raw):
            yield Fault(at, IS_UNPRINTABLE)
    elif isinstance(raw, dict):
        for name, value in raw.items():
            if UNPRINTABLE.search(name):
                yield Fault(at, IS_UNPRINTABLE)
            else:
                yield from odd_texts(value, at + pointer(name), depth + 1)
    elif isinstance(raw, list):
        for place, value in enumerate(raw):
            yield from odd_texts(value, at + pointer(place), depth + 1)


def _faults(raw: object, kind: Any, at: str, *, strict: bool = True) -> Iterator[Fault]:  # noqa: ANN401
    """Where a value does not have its type: the library stops at the first, so each is asked."""
    kind = _without_none(kind) if raw is not None else kind
    if isinstance(raw, dict) and isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield from _object_faults(raw, kind, at, strict=strict)
        return
    if isinstance(raw, list) and get_origin(kind) is list:
        (inside,) = get_args(kind)
        for place, value in enumerate(raw):
            yield from _faults(value, inside, at + pointer(place), strict=strict)
        return
    try:
        msgspec.convert(raw, kind, strict=strict)
    except msgspec.ValidationError as error:
        yield Fault(at, OF_A_TYPE.said(_PLACE.sub("", str(error))))


def _object_faults(
    raw: dict[str, object], kind: type[msgspec.Struct], at: str, *, strict: bool
) -> Iterator[Fault]:
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    for name, field in fields.items():
        if name in raw:
            yield from _faults(raw[name], field.type, at + pointer(name), strict=strict)
        elif field.required:
            yield Fault(at + pointer(name), IS_MISSING)
    for name in raw:
        if name not in fields and not UNPRINTABLE.search(name):
            yield Fault(at + pointer(name[:80]), IS_UNKNOWN)


def _without_none(kind: Any) -> Any:  # noqa: ANN401
    """The one type that a value may have besides null."""
    if get_origin(kind) in {Union, UnionType}:
        others = [one for one in get_args(kind) if one is not NoneType]
        return others[0] if len(others) == 1 else kind
    return kind


def _values_in(text: str) -> int:
    """How many values a document holds at most. Long texts may be full of commas themselves."""
    marks = sum(text.count(mark) for mark in ",[{")
    if marks > MOST_VALUES:
        bare = _TEXT.sub("", text)
        marks = sum(bare.count(mark) for mark in ",[{")
    return marks


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        said = _("The name %(name)s comes twice in one object.") % {"name": twice[:80]}
        raise ProblemError(Kind.MALFORMED, UNPRINTABLE.sub("\ufffd", said))
    return found


def _no_constant(_said: str) -> object:
    raise ValueError

"""What a JSON door says of itself: an OpenAPI 3.1 document, made of the types that it reads by."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import msgspec

from havre.plumbing.apis.problems import PROBLEM_TYPE

VERSION = "3.1.0"
JSON_TYPE = "application/json"
REFS = "#/components/schemas/{name}"
# A schema by its type, or as it stands in the document.
Shape = Any
Tree = dict[str, Any]


class ErrorAt(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One fault: a place in the body, a query parameter or a header, and what is wrong there."""

    detail: str
    pointer: str = ""
    parameter: str = ""
    header: str = ""
    # A line or a column of a file that is no JSON.
    place: str = ""


class ProblemDocument(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why a request was not done (RFC 9457), in the language of `Accept-Language`."""

    type: str
    title: str
    status: int
    code: str
    detail: str = ""
    errors: list[ErrorAt] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """Something said beside the body."""

    name: str
    where: str
    schema: Shape
    description: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A good answer. `links` are what it leads to (OpenAPI's links, as they stand there)."""

    description: str
    shape: Shape = None
    media_type: str = JSON_TYPE
    headers: Mapping[str, str] = field(default_factory=dict)
    links: Tree | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What a request brings."""

    shape: Shape
    media_type: str = JSON_TYPE
    example: object = None
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One thing that can be done at a JSON door."""

    method: str
    path: str
    name: str
    summary: str
    answers: Mapping[int, Answer]
    # Statuses of the refusals that this door has besides those that every door has.
    refusals: Sequence[int] = ()
    description: str = ""
    parameters: Sequence[Parameter] = ()
    query: type[msgspec.Struct] | None = None
    body: Body | None = None
    is_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A call that goes out from here: to be answered by whoever asked for it."""

    event: str
    name: str
    summary: str
    body: Body
    parameters: Sequence[Parameter]
    # What each answer to it brings about, by status or range of statuses.
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """A JSON door: its name, what it says first, how one shows a key, and what it does."""

    title: str
    version: str
    description: str
    security: Mapping[str, Tree]
    operations: Sequence[Operation]
    # Refusals that any operation may answer with.
    everywhere: Sequence[int] = (401, 405, 429, 500, 503)
    schemas: Mapping[str, Tree] | None = None
    webhooks: Sequence[Webhook] = ()


def document_of(api: Api) -> Tree:
    """The whole OpenAPI document."""
    shapes = list(_types_in(api.operations))
    schemas = msgspec.json.schema_components([shape for shape, _name in shapes], ref_template=REFS)
    written = {id(shape): out for (shape, _name), out in zip(shapes, schemas[0], strict=True)}
    paths: dict[str, Tree] = {}
    for one in api.operations:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one, api, written)
    hooks = {one.event: {"post": _webhook(one)} for one in api.webhooks}
    return {
        "openapi": VERSION,
        "info": {"title": api.title, "version": api.version, "description": api.description},
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "security": [{name: []} for name in api.security],
        "paths": paths,
        **({"webhooks": hooks} if hooks else {}),
        "components": {
            "schemas": dict(sorted({**schemas[1], **(api.schemas or {})}.items())),
            "securitySchemes": dict(api.security),
        },
    }


def _types_in(operations: Iterable[Operation]) -> Iterable[tuple[Shape, str]]:
    seen = set[int]()
    for one in operations:
        shapes = [answer.shape for answer in one.answers.values()]
        shapes += [parameter.schema for parameter in one.parameters]
        shapes += [one.body.shape] if one.body else []
        for shape in (*shapes, ProblemDocument):
            if shape is not None and not isinstance(shape, dict) and id(shape) not in seen:
                seen.add(id(shape))
                yield shape, one.name


def _operation(one: Operation, api: Api, written: Mapping[int, Tree]) -> Tree:
    said: Tree = {"operationId": one.name, "summary": one.summary}
    if one.description:
        said["description"] = one.description
    if one.is_open:
        said["security"] = []
    parameters = [_parameter(each, written) for each in one.parameters]
    parameters += _query_parameters(one.query) if one.query else []
    if parameters:
        said["parameters"] = parameters
    if one.body:
        said["requestBody"] = _body(one.body, written)
    answers = {str(status): _answer(each, written) for status, each in one.answers.items()}
    barred = {401} if one.is_open else set[int]()
    refusals = sorted({*api.everywhere, *one.refusals} - barred)
    said["responses"] = answers | {str(status): _refusal(status, written) for status in refusals}
    return said


def _webhook(one: Webhook) -> Tree:
    """A call as the document has it. Its shapes are schemas as they stand there."""
    return {
        "operationId": one.name,
        "summary": one.summary,
        "security": [],
        "parameters": [_parameter(each, {}) for each in one.parameters],
        "requestBody": _body(one.body, {}),
        "responses": {status: {"description": words} for status, words in one.answers.items()},
    }


def _schema(shape: Shape, written: Mapping[int, Tree]) -> Tree:
    return shape if isinstance(shape, dict) else written[id(shape)]


def _parameter(one: Parameter, written: Mapping[int, Tree]) -> Tree:
    said = {"name": one.name, "in": one.where, "schema": _schema(one.schema, written)}
    said |= {"description": one.description} if one.description else {}
    return said | ({"required": True} if one.required or one.where == "path" else {})


def _query_parameters(query: type[msgspec.Struct]) -> list[Tree]:
    (whole,), parts = msgspec.json.schema_components([query], ref_template=REFS)
    schema = parts[whole["$ref"].rpartition("/")[2]]
    found = []
    for name, each in schema["properties"].items():
        said = dict(each)
        words = said.pop("description", "")
        one = {"name": name, "in": "query", "schema": said}
        one |= {"description": words} if words else {}
        found.append(one | ({"required": True} if name in schema.get("required", ()) else {}))
    return found


def _body(body: Body, written: Mapping[int, Tree]) -> Tree:
    media: Tree = {"schema": _schema(body.shape, written)}
    if body.example is not None:
        media["example"] = body.example
    return {"required": body.required, "content": {body.media_type: media}}


def _answer(answer: Answer, written: Mapping[int, Tree]) -> Tree:
    said: Tree = {"description": answer.description}
    if answer.shape is not None:
        said["content"] = {answer.media_type: {"schema": _schema(answer.shape, written)}}
    headers = {"Request-ID": "Tell us this when you ask about a request.", **answer.headers}
    said["headers"] = {
        name: {"description": words, "schema": {"type": "string"}}
        for name, words in headers.items()
    }
    return said | ({"links": answer.links} if answer.links else {})


def _refusal(status: int, written: Mapping[int, Tree]) -> Tree:
    schema = _schema(ProblemDocument, written)
    return {
        "description": HTTPStatus(status).phrase,
        "content": {PROBLEM_TYPE: {"schema": schema}},
    }

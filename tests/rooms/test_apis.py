"""What every JSON door shares: strict bodies, problems in two languages, cursors, OpenAPI."""

import base64
import json
from typing import Annotated

import msgspec
import pytest
from django.db import OperationalError
from django.test import RequestFactory
from django.utils.translation import override

from havre.plumbing.apis.bodies import json_in, typed, typed_query
from havre.plumbing.apis.cursors import PageQuery, cursor_of, parts_of
from havre.plumbing.apis.doors import (
    basic_pair,
    bearer_token,
    json_answer,
    problem_of,
    refuse_other_methods,
)
from havre.plumbing.apis.openapi import (
    Answer,
    Api,
    Body,
    Operation,
    Parameter,
    document_of,
)
from havre.plumbing.apis.problems import (
    STATUS,
    TITLES,
    Fault,
    Kind,
    ProblemError,
    json_response,
    pointer,
    problem_response,
)
from havre.plumbing.body import BodyCutShortError, BodyTooLargeError


class Boat(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: Annotated[str, msgspec.Meta(max_length=10)]
    length: int = 0


class Harbor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    boats: list[Boat] = []
    master: Boat | None = None


def refusal(work, *args) -> ProblemError:
    with pytest.raises(ProblemError) as raised:
        work(*args)
    return raised.value


def places(problem: ProblemError) -> dict[str, str]:
    return {fault.at: str(fault.reason) for fault in problem.faults}


def test_every_kind_of_refusal_has_a_status_and_a_title_in_both_languages():
    assert set(STATUS) == set(TITLES) == set(Kind)
    for kind in Kind:
        with override("en"):
            english = json.loads(problem_response(ProblemError(kind)).content)
        with override("fr"):
            french = json.loads(problem_response(ProblemError(kind)).content)
        assert english["title"] != french["title"]
        assert english["status"] == french["status"] == STATUS[kind]
        assert english["type"] == french["type"] == f"urn:havre:problem:{kind}"


def test_a_problem_names_each_fault_once_and_a_hundred_at_most():
    faults = [Fault(pointer("boats", n), "is missing") for n in range(150)]
    problem = ProblemError(Kind.INVALID, faults=[faults[0], *faults], more={"responseCode": 4100})
    response = problem_response(problem)
    told = json.loads(response.content)
    assert response["Content-Type"] == "application/problem+json"
    assert (response.status_code, told["responseCode"], len(told["errors"])) == (422, 4100, 100)
    assert told["errors"][:2] == [
        {"pointer": "/boats/0", "detail": "is missing"},
        {"pointer": "/boats/1", "detail": "is missing"},
    ]


def test_a_pointer_escapes_what_it_must():
    assert pointer("a/b", "c~d", 0) == "/a~1b/c~0d/0"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"\xff", "not UTF-8"),
        (b'{"a": \n }', "line 2"),
        (b"", "line 1"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"a": NaN}', "a number that is none"),
        (b"1" * 5_000, "a number that is none"),
        (b'{"a": 1, "a": 2}', "The name a comes twice"),
        (b'{"\\ud800": 1, "\\ud800": 2}', "comes twice"),
    ],
)
def test_what_is_no_json_by_the_letter_is_refused_and_told_where(body, said):
    with override("en"):
        problem = refusal(json_in, body)
        assert (problem.kind, problem.status) == (Kind.MALFORMED, 400)
        assert said in str(problem.detail)
        problem_response(problem).content.decode()


def test_a_body_of_too_many_values_is_refused_and_a_long_text_is_not():
    assert refusal(json_in, b"[" + b"1," * 250_000 + b"1]").status == 413
    assert json_in(b'["' + b'a, \\"[b' * 100_000 + b'"]')[0].count("[") == 100_000


def test_a_body_of_the_right_type_is_read():
    raw = json_in('{"name": "Pier", "boats": [{"name": "Où"}], "master": null}'.encode())
    assert typed(raw, Harbor) == Harbor("Pier", [Boat("Où")])


def test_every_fault_of_a_body_is_named_at_once_with_its_place():
    raw = {
        "boats": [{"name": "far too long"}, {"length": "9", "sail": 1}, 3],
        "master": {"name": 1},
        "quay/1": 1,
    }
    with override("en"):
        found = places(refusal(typed, raw, Harbor))
    assert found == {
        "/name": "is missing",
        "/boats/0/name": "Expected `str` of length <= 10",
        "/boats/1/name": "is missing",
        "/boats/1/length": "Expected `int`, got `str`",
        "/boats/1/sail": "is not known here",
        "/boats/2": "Expected `object`, got `int`",
        "/master/name": "Expected `str`, got `int`",
        "/quay~11": "is not known here",
    }


@pytest.mark.parametrize("text", ["\x00", "\ud800", "a\x0b", "\uffff"])
def test_a_text_that_cannot_be_written_down_is_refused_wherever_it_stands(text):
    assert "/name" in places(refusal(typed, {"name": text}, Harbor))
    raw = {"name": "Pier", "boats": [{text: 1}]}
    problem = refusal(typed, raw, Harbor)
    assert problem_response(problem).content.isascii()


def test_nothing_is_read_deeper_than_forty_levels():
    deep: object = 1
    for _ in range(60):
        deep = [deep]
    assert any("deep" in reason for reason in places(refusal(typed, deep, Harbor)).values())


def test_a_query_is_read_by_its_type_and_every_fault_named():
    ask = RequestFactory().get
    assert typed_query(ask("/?limit=7"), PageQuery) == PageQuery(limit=7)
    problem = refusal(typed_query, ask("/?limit=0&afer=x&after=a&after=b"), PageQuery)
    assert [fault.told["parameter"] for fault in problem.faults] == ["after", "limit", "afer"]


def test_a_cursor_comes_back_as_it_was_given_and_nothing_else_is_one():
    cursor = cursor_of("2026-11-01", 12)
    assert parts_of(cursor, str, int) == ("2026-11-01", 12)
    assert parts_of("", str, int) is None
    wrong = base64.urlsafe_b64encode(b'{"a": 1}').decode().rstrip("=")
    for made_up in ("x", "é", "?", wrong, cursor_of(1), cursor_of("1", "1"), cursor + "A"):
        assert refusal(parts_of, made_up, str, int).status == 422


def test_a_key_is_read_from_either_scheme_and_nothing_else():
    def asked(said):
        return RequestFactory().get("/", HTTP_AUTHORIZATION=said)

    shown = base64.b64encode(b"harbor:a:b").decode()
    assert basic_pair(asked(f"basic {shown}")) == ("harbor", "a:b")
    for said in ("", "Basic", "Basic %%%", f"Bearer {shown}", "Basic " + "aGFyYm9y"):
        assert basic_pair(asked(said)) is None
    assert bearer_token(asked("bearer abc")) == "abc"
    assert bearer_token(asked(f"Basic {shown}")) == ""


def test_whatever_happens_behind_a_door_is_answered_in_json_with_a_number():
    def failing(error):
        def work():
            raise error

        return json_answer(work, readings=[lambda e: known if isinstance(e, KeyError) else None])

    known = ProblemError(Kind.CONFLICT)
    errors = {
        known: 409,
        KeyError("x"): 409,
        BodyTooLargeError(5): 413,
        BodyCutShortError("3 of 5"): 400,
        OperationalError("away"): 503,
        RuntimeError("He asked me to meet on Saturday."): 500,
    }
    for error, status in errors.items():
        response = failing(error)
        assert (response.status_code, len(response["Request-ID"])) == (status, 32)
        assert response["Content-Type"] == "application/problem+json"
        assert b"Saturday" not in response.content
        assert ("Retry-After" in response) is (status >= 500)
    good = json_answer(lambda: json_response({"name": "Où"}))
    assert (good.status_code, good.content) == (200, '{"name": "Où"}'.encode())


def test_another_method_is_told_which_ones_there_are():
    problem = refusal(refuse_other_methods, RequestFactory().put("/"), ("GET", "POST"))
    assert (problem.status, problem.headers["Allow"]) == (405, "GET, POST")
    assert problem_of(problem) is problem


def test_an_openapi_document_is_made_of_the_types_that_are_read():
    api = Api(
        title="Harbor",
        version="1",
        description="Boats.",
        security={"key": {"type": "http", "scheme": "basic"}},
        operations=[
            Operation(
                method="POST",
                path="/harbors/{number}",
                name="addHarbor",
                summary="Add a harbor",
                parameters=[Parameter(name="number", where="path", schema=int)],
                body=Body(shape=Harbor),
                answers={201: Answer(description="It is there.", shape=Boat)},
                refusals=(400, 422),
            ),
            Operation(
                method="GET",
                path="/harbors",
                name="listHarbors",
                summary="List them",
                query=PageQuery,
                answers={200: Answer(description="A page.", shape=list[Harbor])},
                is_open=True,
            ),
        ],
    )
    told = document_of(api)
    json.dumps(told)
    post = told["paths"]["/harbors/{number}"]["post"]
    assert post["requestBody"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/Harbor"
    }
    assert set(post["responses"]) == {"201", "400", "401", "405", "422", "429", "500", "503"}
    assert told["components"]["schemas"]["Boat"]["additionalProperties"] is False
    get = told["paths"]["/harbors"]["get"]
    assert [one["name"] for one in get["parameters"]] == ["after", "limit"]
    assert get["parameters"][1]["schema"]["maximum"] == 200
    assert get["security"] == []
    assert "401" not in get["responses"]

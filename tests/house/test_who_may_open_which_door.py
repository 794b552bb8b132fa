"""The access policy as a table: every door, every way of knocking, everybody who may come.

Whom the gate turns away, whatever they ask for, knocks once for each method of a door, and the
table must say the same of all else they ask for there. HAVRE_DOORS=whole knocks for everything.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import groupby
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import URLPattern, URLResolver, get_resolver, path

from havre.agencies.doors import open_door
from havre.agencies.rules.permits import Permit, Role
from havre.plumbing import clock
from havre.wiring import urls
from tests.house.callers import OTHER_ROLES, Caller, Street, build_street, undone
from tests.house.cases_at_doors import typed_in_a_case
from tests.house.doors import Row, address_of, as_bare, in_words, knock, read_table, typed_by
from tests.house.traces import (
    Rows,
    asked,
    by_key,
    digest,
    everything,
    is_as_before,
    writes,
    written_since,
)

REFUSALS = {
    *("401", "404", "405"),
    *("problem 401", "problem 404", "problem 405", "problem 409"),
    *("wire 1210", "wire 2000", "wire 4000", "wire 4100", "wire 5001"),
}
PUBLIC = ("add_word", "come_back", "report", "save_words", "tell", "withdraw")
# Fields of our forms that are called like a column, and may be filled in.
ASKED_FOR = {
    "caveats",
    "code",
    "count",
    "duplicate_of",
    "effective_at",
    "username",
    "incident",
    "is_foreign",
    "insufficiency",
    "missing_fields",
    "name",
    "note",
    "number",
    "password",
    "reason",
    "region",
    "suggested_agency",
    "tells_reporter",
    "usefulness",
    "wants_quality",
}
MARKS = ("31415926", "2031-01-01", "smuggled")
NOTHING_MORE: dict[str, str] = {}
# Who may come in is asked here, not how hard a password is to guess.
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]
OUTSIDE = {"stranger", "reporter", "provider", "other provider", "system A", "system B"}
# Nothing stands on these pages before they are filled in, but what one said of oneself.
EMPTY_FORMS = {
    ("add_officer", "GET"),
    ("add_shifts", "GET"),
    ("case_search", "GET"),
    ("console_check", "GET"),
    ("new_case", "GET"),
    ("new_bulletin", "GET"),
    ("new_dispatch", "GET"),
    ("new_exchange", "GET"),
    ("new_incident", "GET"),
    ("new_notification", "GET"),
    ("new_operation", "GET"),
    ("new_secondment", "GET"),
    ("bring_watches", "GET"),
    ("new_silent_watch", "GET"),
    ("new_watch", "GET"),
    ("reach", "GET"),
    ("take_report", "GET"),
}
ROWS = read_table()
BY_DOOR = {door: list(rows) for door, rows in groupby(ROWS, key=lambda row: row.door)}
# Of each door and method the row that all are tried by: what is their own, or else the first.
FULL = {row.name[:2]: row for row in sorted(ROWS, key=lambda row: row.whose == "own")}
IS_WHOLE = os.environ.get("HAVRE_DOORS") == "whole"


@pytest.fixture(scope="module")
def street(lasting_block, tmp_path_factory) -> Iterator[Street]:
    """Built once, in a transaction that all these tests share and that is rolled back."""
    with (
        # A session that is noted as used sends its cookie once more; here no minute passes.
        clock.clock_set_to(clock.now()),
        override_settings(
            VAULT=tmp_path_factory.mktemp("vault"),
            PASSWORD_HASHERS=QUICK,
            # On a slow machine the tests outlast the minutes for which a sign-in is fresh.
            ACCOUNT_REAUTHENTICATION_TIMEOUT=timedelta(days=1).total_seconds(),
        ),
    ):
        built = build_street()
        nowhere = Row("report_page", "GET", "missing", {})
        for caller in filter(lambda caller: caller.officer, built.everybody()):
            built.nothing[caller.officer.pk] = as_bare(knock(nowhere, caller, built))
        yield built


def doors(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from doors(pattern.url_patterns)
        else:
            yield pattern


PERMITS_OF = {
    one.name: getattr(one.callback, "permits", ()) for one in doors(get_resolver().url_patterns)
}


def test_every_door_of_the_house_has_its_rows_and_every_row_a_door():
    names = [pattern.name for pattern in doors(get_resolver().url_patterns)]
    assert None not in names
    assert len(names) == len(set(names))
    assert set(BY_DOOR) == set(names)
    assert len(ROWS) == len({row.name for row in ROWS})


def test_every_door_is_tried_by_get_by_post_and_by_a_method_it_does_not_know():
    for door, rows in BY_DOOR.items():
        assert {row.method for row in rows} >= {"GET", "POST"}, door
        answers = {answer for row in rows for answer in row.answers.values()}
        assert answers & {"405", "problem 405", "problem 404", "wire 4000", "wire 1210"}, door


def test_everybody_of_the_house_stands_in_the_table(street):
    assert set(ROWS[0].answers) == set(street.callers)
    assert {Role(c.officer.role) for c in street.everybody() if c.officer} == set(Role)
    assert len(street.callers["other roles"]) == len(OTHER_ROLES)


def is_turned_away(row: Row, column: str, caller: Caller) -> bool:
    """Whether the gate sends somebody off before a door can ask which thing is wanted."""
    # A place elsewhere has permits of its own.
    permits = () if column.startswith("seconded") else PERMITS_OF[row.door]
    return bool(permits) and not (caller.officer and all(map(caller.officer.may, permits)))


def test_of_whom_the_gate_turns_away_the_table_says_the_same_whatever_they_ask_for(street):
    for row in ROWS:
        full = FULL[row.name[:2]]
        for column, answer in row.answers.items():
            if any(is_turned_away(row, column, caller) for caller in street.callers[column]):
                assert is_refusal(row, column), (*row.name, column)
                assert answer == full.answers[column], (*row.name, column)


@pytest.mark.parametrize("door", BY_DOOR)
def test_a_door_opens_to_whom_the_table_says_and_to_nobody_else(street, door):
    wrong = []
    for row in BY_DOOR[door]:
        wrong += refused_at(row, street) + let_in_at(row, street)
    assert not wrong, "\n".join(" ".join(words) for words in wrong)


def is_refusal(row: Row, column: str) -> bool:
    """Whether the table lets somebody do nothing at all here."""
    expected = row.answers[column]
    if expected == "to sign-in":
        return column in OUTSIDE
    return expected in REFUSALS or (expected == "to second-factor" and row.whose != "-")


def cells(row: Row, street: Street, *, refused: bool) -> Iterator[tuple[str, str, Caller]]:
    is_full = IS_WHOLE or row is FULL[row.name[:2]]
    for column, expected in row.answers.items():
        if is_refusal(row, column) is refused:
            for caller in street.callers[column]:
                if is_full or not is_turned_away(row, column, caller):
                    yield column, expected, caller


def refused_at(row: Row, street: Street) -> list[tuple[str, ...]]:
    """What is wrong with the refusals of a row: other answers, or a trace that they left."""
    # A provider's 404 is no page: but it is the same for all who get it.
    wrong, told = [], set()
    with undone():
        before = writes() if row.method != "GET" else {}
        for column, expected, caller in cells(row, street, refused=True):
            response = knock(row, caller, street)
            answer = in_words(row, response)
            if answer != expected:
                wrong.append((*row.name, column, caller.name, answer, "not", expected))
            elif answer == "problem 404" or (answer == "404" and caller.officer is None):
                told.add(response.content)
            elif answer == "404" and as_bare(response) != street.nothing[caller.officer.pk]:
                wrong.append((*row.name, column, caller.name, "another 404 than elsewhere"))
        if row.method != "GET" and not is_as_before(street.digest, before):
            wrong.append((*row.name, "a refusal left a trace"))
    if len(told) > 1:
        wrong.append((*row.name, "two kinds of 404"))
    return wrong


def let_in_at(row: Row, street: Street) -> list[tuple[str, ...]]:
    """What is wrong with the others: other answers, or something asked for and not done."""
    wrong, must_do = [], row.method == "POST" and row.whose != "-"
    for column, expected, caller in cells(row, street, refused=False):
        with undone():
            before, lines = writes() if must_do else {}, line_count()
            answer = in_words(row, knock(row, caller, street))
            if answer != expected:
                wrong.append((*row.name, column, caller.name, answer, "not", expected))
            if must_do and is_as_before(street.digest, before):
                wrong.append((*row.name, column, caller.name, "nothing was done"))
            if is_a_look(row, answer) and line_count() == lines:
                wrong.append((*row.name, column, caller.name, "left no line in the log"))
    return wrong


def line_count() -> int:
    return asked("SELECT count(*) FROM audit_entry")[0][0]


def is_a_look(row: Row, answer: str) -> bool:
    """Whether an officer was shown, or did, something that the log must tell of."""
    permits = set(PERMITS_OF[row.door]) - {Permit.ACCOUNT_KEEP}
    stopped = answer in {"422", "to second-factor"}
    return bool(permits) and not stopped and row.name[:2] not in EMPTY_FORMS


def let_in(street: Street) -> Iterator[tuple[Row, Caller]]:
    """Every door of the staff that takes a form, with the first officer whom it lets in."""
    for rows in BY_DOOR.values():
        allowed = (
            (row, caller)
            for row in rows
            if row.method == "POST" and row.whose in {"-", "own", "unsent"}
            for column, _expected, caller in cells(row, street, refused=False)
            if caller.officer and column != "newcomer A"
        )
        row, caller = next(allowed, (None, None))
        if row is not None and row.door not in PUBLIC:
            yield row, caller


def test_a_form_without_its_token_is_refused_at_every_door_of_the_staff(street):
    tried = list(let_in(street))
    assert len(tried) > 20
    with undone():
        for row, caller in tried:
            answer = knock(row, caller, street, enforce_csrf_checks=True)
            assert answer.status_code == 403, row.name
        assert digest() == street.digest


@pytest.mark.parametrize("door", PUBLIC)
def test_a_form_from_somebody_else_s_page_is_refused_at_the_public_doors(street, door):
    (reporter,), row = street.callers["reporter"], Row(door, "POST", "-", {})
    with undone():
        assert knock(row, reporter, street).status_code in {200, 303}
        answer = knock(row, reporter, street, HTTP_SEC_FETCH_SITE="cross-site")
    assert answer.status_code in {302, 403, 422}
    with undone():
        knock(row, reporter, street, HTTP_ORIGIN="https://elsewhere.example.com")
        assert digest() == street.digest


def test_nobody_is_signed_out_by_following_a_link(street):
    for caller in filter(lambda caller: caller.officer, street.everybody()):
        with undone():
            browser = caller.browser()
            assert browser.get("/en/sign-out").status_code == 200
            assert browser.get("/en/second-factor").status_code == 200
            assert digest() == street.digest


# Any two reports may stand side by side: tests/rooms/test_judging.py asks what belongs to which.
# A document is fetched by GET: tests/rooms/test_enclosures.py asks of which exchange it is.
ASKED_ELSEWHERE = {"fetch_enclosure", "judge", "link", "unjudge"}


def doors_with_two_ids() -> list[str]:
    found = doors(get_resolver().url_patterns)
    two = {one.name for one in found if len(one.pattern.converters) > 1}
    return sorted(two - ASKED_ELSEWHERE)


@pytest.mark.parametrize("door", doors_with_two_ids())
def test_a_part_of_one_thing_is_not_found_under_another(street, door):
    own, shared = (
        row for row in BY_DOOR[door] if row.name[1:] in {("POST", "own"), ("POST", "shared")}
    )
    both = [
        column for column in own.answers if own.answers[column] == shared.answers[column] == "200"
    ]
    assert both
    for column in both:
        (caller,) = street.callers[column]
        right, foreign = (address_of(row, caller, street) for row in (own, shared))
        mixed = f"{right.rpartition('/')[0]}/{foreign.rpartition('/')[2]}"
        with undone():
            assert caller.browser().post(right).status_code == 200
        with undone():
            assert as_bare(caller.browser().post(mixed)) == street.nothing[caller.officer.pk]
            assert digest() == street.digest


def ids_inside(parts: Mapping[str, object]) -> dict[str, dict[str, object]]:
    """The fields of each case door's form that name a part of the case by its id."""
    typed = typed_in_a_case(parts, SimpleNamespace(pk=""))
    named = {
        door: {field: value for field, value in fields.items() if isinstance(value, UUID)}
        for door, fields in typed.items()
    }
    return {door: fields for door, fields in named.items() if fields}


@pytest.mark.parametrize("door", sorted(ids_inside(defaultdict(uuid4, report="R-0000-0000"))))
def test_a_part_that_a_form_names_is_not_found_under_another_case(street, door):
    """The one who asks may see both: it is the pair that is wrong."""
    row, inside = Row(door, "POST", "own", {}), ids_inside(street.cases["shared"])[door]
    (caller,) = street.callers["supervisor A"]
    with undone():
        assert knock(row, caller, street).status_code != 404
    mixed = {**typed_by(caller, row, street), **inside}
    with undone():
        answer = caller.browser().post(address_of(row, caller, street), mixed)
        assert as_bare(answer) == street.nothing[caller.officer.pk]
        assert digest() == street.digest


def names_of_columns(colleague: Caller) -> dict[str, str]:
    """A field named like each column there is, with a value that would be seen again."""
    values = {
        "BooleanField": "on",
        "DateField": "2031-01-01",
        "DateTimeField": "2031-01-01T00:00",
        "ForeignKey": str(colleague.officer.pk),
        "OneToOneField": str(colleague.officer.pk),
        "UUIDField": str(colleague.officer.pk),
    }
    numbers = ("IntegerField", "FloatField", "AutoField")
    fields = [field for model in apps.get_models() for field in model._meta.concrete_fields]
    return {
        name: "31415926"
        if field.get_internal_type().endswith(numbers)
        else values.get(field.get_internal_type(), "smuggled")
        for field in fields
        for name in (field.name, field.attname)
        if name not in ASKED_FOR
    }


def written(
    row: Row, caller: Caller, street: Street, also: Mapping[str, str], known: Rows
) -> tuple:
    """What a form changes: which columns of which rows, how many new ones, and marks left."""
    with undone():
        before = writes()
        answer = in_words(row, knock(row, caller, street, also))
        after = everything(written_since(before))
    # A row that stands in both is the same whatever was sent.
    was = by_key({name: known[name] - rows for name, rows in after.items()})
    now = by_key({name: rows - known[name] for name, rows in after.items()})
    changed = {
        (*key, column)
        for key in was.keys() & now.keys()
        for column in was[key]
        if was[key][column] != now[key][column]
    }
    new = Counter(
        (key[0], *(f"{c}={v}" for c, v in sorted(now[key].items()) if isinstance(v, bool)))
        for key in now.keys() - was.keys()
    )
    text = repr(list(now.values()))
    marks = [
        text.count(mark) for mark in (*MARKS, str(street.callers["detective B"][0].officer.pk))
    ]
    return answer, changed, new, was.keys() - now.keys(), marks


def test_fields_that_no_form_asks_for_are_not_heard(street):
    also = names_of_columns(street.callers["detective B"][0])
    assert {"state", "agency_id", "claimed_by", "compartment", "is_active", "role"} <= also.keys()
    (reporter,), known = street.callers["reporter"], everything()
    for row, caller in (*let_in(street), *((Row(d, "POST", "-", {}), reporter) for d in PUBLIC)):
        heard, offered = (
            written(row, caller, street, sent, known) for sent in (NOTHING_MORE, also)
        )
        assert heard == offered, row.name


def forgotten(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


urlpatterns = [
    *urls.urlpatterns,
    path("forgotten", forgotten),
    path("remembered", open_door(lambda request: HttpResponse("open"))),
]
handler404 = urls.handler404


def test_a_door_that_nobody_has_labelled_stays_shut_for_everybody(street):
    for pattern in doors(get_resolver().url_patterns):
        assert getattr(pattern.callback, "is_open", False) or pattern.callback.permits
    with override_settings(ROOT_URLCONF=__name__):
        for caller in street.everybody():
            assert caller.browser().get("/forgotten").status_code == 404
            assert caller.browser().get("/remembered").content == b"open"

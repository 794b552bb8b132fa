"""The access policy as a table: every door, every way of knocking, everybody who may come."""

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
from django.urls import get_resolver, path

from havre.agencies.doors import open_door
from havre.agencies.rules.permits import Role
from havre.plumbing import clock
from havre.wiring import urls
from tests.house.callers import OTHER_ROLES, Caller, Street, build_street, undone
from tests.house.cases_at_doors import typed_in_a_case
from tests.house.doors import Row, address_of, as_bare, in_words, knock, typed_by
from tests.house.knocking import (
    DEALT,
    ROWS,
    cells,
    doors,
    is_refusal,
    is_turned_away,
    let_in_at,
    refused_at,
)
from tests.house.traces import (
    Rows,
    by_key,
    digest,
    everything,
    writes,
    written_since,
)

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
BY_DOOR = {door: list(rows) for door, rows in groupby(ROWS, key=lambda row: row.door)}


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


def test_of_whom_the_gate_turns_away_the_table_says_the_same_whatever_they_ask_for(street):
    for row in ROWS:
        full = DEALT[row.door][0]
        for column, answer in row.answers.items():
            if any(is_turned_away(row, column, caller) for caller in street.callers[column]):
                assert is_refusal(row, column), (*row.name, column)
                assert answer == full.answers[column], (*row.name, column)


def test_whom_the_gate_turns_away_knocks_at_each_door_and_some_by_each_of_its_methods(street):
    for door, rows in BY_DOOR.items():
        knocks: dict[int, set[str]] = defaultdict(set)
        for row in rows:
            for refused in (True, False):
                for column, _expected, caller in cells(row, street, refused=refused):
                    if is_turned_away(row, column, caller):
                        knocks[id(caller)].add(row.method)
        away = {
            id(caller): caller
            for column in rows[0].answers
            for caller in street.callers[column]
            if is_turned_away(rows[0], column, caller)
        }
        assert set(knocks) == set(away), door
        methods = {row.method for row in rows}
        for is_officer in (True, False):
            of_kind = [knocks[key] for key in away if bool(away[key].officer) is is_officer]
            assert len(set().union(*of_kind)) == min(len(methods), sum(map(len, of_kind))), door
        officers = [knocks[key] for key in away if away[key].officer]
        assert all({"POST"} < tried for tried in officers), (door, "by POST, and by another")


@pytest.mark.parametrize("door", BY_DOOR)
def test_a_door_opens_to_whom_the_table_says_and_to_nobody_else(street, door):
    wrong = []
    for row in BY_DOOR[door]:
        wrong += refused_at(row, street) + let_in_at(row, street)
    assert not wrong, "\n".join(" ".join(words) for words in wrong)


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

"""Which reports say nearly the same, and which of them adds nothing. Rules alone."""

from dataclasses import replace
from uuid import UUID

import pytest

from havre.intake.floods.rules.likeness import sketch_of
from havre.intake.rules.submission import (
    Channel,
    FileFacts,
    GivenIdentifier,
    Incident,
    Person,
    PersonRole,
    Submission,
)
from havre.triage.alike.rules.shapes import Shape, group_for, shape_of
from havre.triage.alike.rules.standing import Standing, folded, may_stand_behind

CHAIN = (
    "A page about boats at the pier is going round and says that a man in a green coat waits for"
    " people there every day, please send this on to everybody"
)
OTHER = "My neighbour has painted his boat house green and the whole street talks of nothing else"
KEY = b"k" * 32
KEEPER = Person(
    role=PersonRole.SUSPECT, identifiers=(GivenIdentifier(kind="email", value="d@example.com"),)
)


def shape(text: str, people: tuple[Person, ...] = (), files=(), **facts) -> Shape:
    submission = Submission(
        channel=Channel.PUBLIC_FORM,
        language="en",
        incidents=(Incident(narrative=text, **facts),),
        people=people,
    )
    return shape_of(submission, files=files, key=KEY)


def test_the_likest_group_is_chosen_and_the_older_of_two():
    made = shape(CHAIN)
    near, far = sketch_of(f"{CHAIN} now", KEY), sketch_of(OTHER, KEY)
    one, two = UUID(int=1), UUID(int=2)
    assert group_for(made, [(one, near, None), (two, made.words, None)]) == two
    assert group_for(made, [(two, made.words, None), (one, made.words, None)]) == one
    assert group_for(made, [(one, far, None), (two, (), None)]) is None
    # The same files make a group too, whatever is said of them.
    filed = shape("Look.", files=["aa", "bb"])
    same, less = shape(OTHER, files=["bb", "aa"]).files, shape(OTHER, files=["aa"]).files
    assert group_for(filed, [(one, far, less), (two, far, same)]) == two
    assert group_for(shape("Look."), [(one, (), None)]) is None


@pytest.mark.parametrize(
    "more",
    [
        {"text": f"{CHAIN} from Brandon"},
        {"text": f"{CHAIN} at 5"},
        {"text": f"{CHAIN} tonight"},
        {"people": (KEEPER,)},
        {"files": ["aa"]},
        {"platform": "harbor_chat"},
    ],
)
def test_what_holds_anything_more_says_so(more):
    first, other = shape(CHAIN), shape(**{"text": CHAIN, **more})
    assert other.holds > first.holds


def test_who_reports_adds_nothing_and_what_must_be_seen_stands_alone():
    me = Person(role=PersonRole.REPORTER, names=("Robin",), identifiers=KEEPER.identifiers)
    assert shape(CHAIN, people=(me,)) == shape(CHAIN)
    assert not shape(CHAIN).is_alone
    assert shape(CHAIN, danger_now=True).is_alone
    assert shape(CHAIN, escalation="A meeting was planned.").is_alone
    assert shape(CHAIN, people=(replace(KEEPER, threats=("to tell",)),)).is_alone
    minor = Submission(
        channel=Channel.PUBLIC_FORM,
        language="en",
        incidents=(Incident(narrative=CHAIN),),
        reporter_is_minor=True,
        files=(FileFacts(hashes=(("md5", "AA"),)),),
    )
    found = shape_of(minor, files=[], key=KEY)
    assert found.is_alone
    assert found.files == shape(CHAIN, files=["aa"]).files


A_ROW = Standing(
    rank=3,
    risk=20,
    list="C",
    is_plain=True,
    is_alone=False,
    reasons=frozenset({"boats"}),
    words=sketch_of(CHAIN, KEY),
    holds=frozenset({b"one"}),
)


@pytest.mark.parametrize(
    "change",
    [
        {"rank": 2},
        {"rank": 4},
        {"risk": 21},
        {"list": "D"},
        {"is_plain": False},
        {"is_alone": True},
        {"reasons": frozenset({"boats", "meeting"})},
        {"words": sketch_of(OTHER, KEY)},
        {"words": ()},
        {"holds": frozenset({b"one", b"two"})},
    ],
)
def test_a_row_stands_behind_another_only_if_it_adds_nothing(change):
    assert may_stand_behind(A_ROW, A_ROW)
    assert not may_stand_behind(replace(A_ROW, **change), A_ROW)


def test_no_immediate_report_stands_behind_another():
    urgent = replace(A_ROW, rank=0)
    assert not may_stand_behind(urgent, urgent)


def test_no_row_stands_behind_one_that_stands_behind_another():
    one, two, three, four = (UUID(int=n) for n in range(1, 5))
    other = replace(A_ROW, holds=frozenset({b"two"}))
    found = folded([(one, A_ROW), (two, other), (three, A_ROW), (four, replace(other, risk=3))])
    assert found == {three: one, four: two}

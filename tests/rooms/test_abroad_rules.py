"""Exchanges with other countries: how they move, and that nothing passes unassessed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.cases.abroad.rules.listed import listed_groups_in
from havre.cases.abroad.rules.mistreatment import (
    Act,
    Assessed,
    Decision,
    Measure,
    MistreatmentRiskError,
    NoMeasureError,
    NotAssessedError,
    NothingToDecideError,
    Risk,
    RiskRefusedError,
    Ruling,
    SamePersonError,
    UndecidedError,
    acts_of,
    check_cleared,
    check_decision,
    must_escalate,
)
from havre.cases.abroad.rules.states import (
    HOURS,
    Direction,
    ExchangeKind,
    ExchangeState,
    ExchangeStateError,
    Life,
    SecurityCopyError,
    Step,
    after,
    due_after,
    first_state,
    is_open_to,
    steps_from,
)
from havre.oversight.mistreatment.rules import RiskYear, guarded, risk_years

START = datetime(2026, 11, 22, 12, tzinfo=UTC)
PEOPLE = ("first", "second")
HOUR = timedelta(hours=1)

happenings = st.lists(
    st.one_of(
        st.tuples(st.just("step"), st.sampled_from(Step)),
        st.tuples(
            st.just("assess"),
            st.tuples(
                st.frozensets(st.sampled_from(Act), min_size=1),
                st.sampled_from(Risk),
                st.sampled_from(PEOPLE),
                st.booleans(),
            ),
        ),
        st.tuples(
            st.just("decide"),
            st.tuples(st.sampled_from(Decision), st.sampled_from(PEOPLE), st.booleans()),
        ),
        st.tuples(st.just("reword"), st.none()),
        st.tuples(st.just("copy"), st.none()),
        st.tuples(st.just("wait"), st.integers(1, 48)),
    ),
    max_size=14,
)


class Desk:
    """An exchange with a fake clock, beside what must be true of it, kept another way."""

    def __init__(self, direction: Direction, kind: ExchangeKind, *, names_group: bool) -> None:
        self.direction, self.kind, self.now = direction, kind, START
        self.state, self.due = first_state(direction), due_after(kind, START)
        self.moments: dict[str, datetime] = {}
        self.uncopied, self.revision = names_group, 1
        self.made: list[Assessed] = []
        # For each act: whether the last word on it, for this wording, was that it may be done.
        self.cleared: dict[Act, bool] = {}
        self.doubted: set[Act] = set()

    @property
    def life(self) -> Life:
        return Life(
            direction=self.direction,
            state=self.state,
            due_at=self.due,
            needs_copy=self.uncopied,
            **self.moments,
        )

    def step(self, step: Step) -> None:
        acts = acts_of(self.direction, self.kind, step)
        if not is_open_to(self.life, step):
            with pytest.raises(ExchangeStateError):
                after(self.life, step)
            return
        if step is Step.CLOSE and self.uncopied:
            with pytest.raises(SecurityCopyError):
                after(self.life, step)
            return
        if not all(self.cleared.get(act, False) for act in acts):
            with pytest.raises(RiskRefusedError):
                check_cleared(acts, self.made, revision=self.revision)
            return
        check_cleared(acts, self.made, revision=self.revision)
        before, self.state = self.state, after(self.life, step)
        marks = {
            Step.SEND: "sent_at",
            Step.ACKNOWLEDGE: "acknowledged_at",
            Step.ANSWER: "answered_at",
        }
        if step in marks:
            self.moments[marks[step]] = self.now
        assert (before is ExchangeState.CLOSED) is (step is Step.REOPEN)
        assert (self.state is ExchangeState.CLOSED) is (step is Step.CLOSE)

    def assess(self, acts: frozenset[Act], risk: Risk, by: str, *, asks: bool) -> None:
        again = must_escalate(risk, acts, self.made)
        assert again is (risk is Risk.NOT_SUBSTANTIAL and bool(acts & self.doubted))
        escalated = (asks and risk is not Risk.NOT_SUBSTANTIAL) or again
        self.made.append(
            Assessed(acts=acts, risk=risk, by=by, revision=self.revision, is_escalated=escalated)
        )
        for act in acts:
            self.cleared[act] = risk is Risk.NOT_SUBSTANTIAL and not again
        if risk is not Risk.NOT_SUBSTANTIAL:
            self.doubted |= acts

    def decide(self, decision: Decision, by: str, *, lessens: bool) -> None:
        if not self.made:
            return
        last = self.made[-1]
        measures = [Measure.ASSURANCE] if lessens else []
        refused = (
            NothingToDecideError
            if last.ruling is not Ruling.WAITS
            else SamePersonError
            if by == last.by
            else NoMeasureError
            if decision is Decision.ALLOW and not lessens and last.risk is not Risk.NOT_SUBSTANTIAL
            else None
        )
        if refused:
            with pytest.raises(refused):
                check_decision(last, decision, by=by, measures=measures)
            return
        check_decision(last, decision, by=by, measures=measures)
        self.made[-1] = Assessed(
            acts=last.acts,
            risk=last.risk,
            by=last.by,
            revision=last.revision,
            is_escalated=True,
            decision=decision,
        )
        for act in last.acts:
            self.cleared[act] = decision is Decision.ALLOW and last.revision == self.revision


@settings(max_examples=2_000, deadline=None)
@given(st.sampled_from(Direction), st.sampled_from(ExchangeKind), st.booleans(), happenings)
def test_nothing_is_told_asked_or_used_unless_it_was_cleared(direction, kind, named, happenings):
    desk = Desk(direction, kind, names_group=named)
    for what, told in happenings:
        match what:
            case "step":
                desk.step(told)
            case "assess":
                desk.assess(*told[:3], asks=told[3])
            case "decide":
                desk.decide(told[0], told[1], lessens=told[2])
            case "reword":
                desk.revision += 1
                desk.cleared.clear()
            case "copy":
                desk.uncopied = False
            case _:
                desk.now += told * HOUR
        waits = desk.state in {"acknowledged", "received", "sent"}
        assert desk.life.is_late(desk.now) is (waits and desk.now > desk.due)
        assert steps_from(desk.life)
        assert set(steps_from(desk.life)) == {one for one in Step if is_open_to(desk.life, one)}


def test_each_way_of_being_refused_says_which_act_it_is():
    low = Assessed(acts=frozenset({Act.USE}), risk=Risk.NOT_SUBSTANTIAL, by="first", revision=1)
    with pytest.raises(NotAssessedError) as refused:
        check_cleared([Act.USE, Act.REQUEST], [low], revision=1)
    assert refused.value.act is Act.REQUEST
    with pytest.raises(NotAssessedError):
        check_cleared([Act.USE], [low], revision=2)
    for risk, escalated, error in (
        (Risk.SUBSTANTIAL, False, MistreatmentRiskError),
        (Risk.UNDETERMINED, False, MistreatmentRiskError),
        (Risk.SUBSTANTIAL, True, UndecidedError),
    ):
        high = Assessed(
            acts=frozenset({Act.USE}), risk=risk, by="first", revision=1, is_escalated=escalated
        )
        with pytest.raises(error):
            check_cleared([Act.USE], [low, high], revision=1)


def test_whoever_asks_also_tells_and_only_a_notice_asks_nothing():
    for kind in ExchangeKind:
        acts = set(acts_of(Direction.OUT, kind, Step.SEND))
        assert acts == {Act.DISCLOSURE} | (set() if kind is ExchangeKind.NOTICE else {Act.REQUEST})
        assert acts_of(Direction.IN, kind, Step.ANSWER) == (Act.DISCLOSURE,)
        assert acts_of(Direction.OUT, kind, Step.ANSWER) == ()
        assert acts_of(Direction.IN, kind, Step.USE) == (Act.USE,)
    assert set(HOURS) == set(ExchangeKind)


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("He is in the 764 group.", ("764",)),
        ("Il est dans le groupe 764.", ("764",)),
        ("Maniac Murder Cult, and Terrorgram.", ("Maniac Murder Cult", "Terrorgram")),
        ("An MKY chat.", ("Maniac Murder Cult",)),
        ("The ferry left at 764 Pier Road.", ()),
        ("He wrote 764 letters to a terrorist of the stage.", ()),
        ("", ()),
    ],
)
def test_listed_groups_are_found_by_name_and_numbers_alone_are_none(text, groups):
    assert listed_groups_in("A title", text) == groups


@settings(max_examples=500, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=3, max_size=3))
def test_no_small_count_can_be_reckoned_from_the_total(cells):
    shown = guarded(cells)
    for count, told in zip(cells, shown, strict=True):
        assert told in {None, count}
        assert told is None or told == 0 or told >= 5
    hidden = [count for count, told in zip(cells, shown, strict=True) if told is None]
    assert len(hidden) != 1


def test_the_year_is_the_calendar_s_and_due_before_the_first_of_march():
    today = datetime(2026, 11, 29, tzinfo=UTC).date()
    assert RiskYear(2026).due_before.isoformat() == "2027-03-01"
    assert [one.begins for one in risk_years(today, first=None)] == [2026]
    first = datetime(2024, 5, 1, tzinfo=UTC).date()
    assert [one.begins for one in risk_years(today, first=first)] == [2026, 2025, 2024]

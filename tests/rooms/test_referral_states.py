"""The life of a referral as a rule: a model with a clock of its own, driven at random."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from havre.agencies.rules.words import AgencyKind
from havre.referrals.rules.guards import (
    AlreadyReferredError,
    Candidate,
    ConflictOfInterestError,
    check_recipient,
    instead_of,
    named_in,
)
from havre.referrals.rules.outcomes import ReferralState as State
from havre.referrals.rules.outcomes import ReferralStateError
from havre.referrals.rules.states import (
    ACTION_MINUTES,
    ALLOWED_FROM,
    ANSWER_MINUTES,
    OVER,
    PATIENCE_MINUTES,
    Act,
    ClockName,
    Level,
    Standing,
    after,
    alarms_due,
    first_standing,
    running_clock,
)

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
BANDS = ("A", "B", "C", "D", "")
AGENCIES = ("harbor-police", "valley-police", "national-centre")
ORDER = [Level.REMINDER, Level.SUPERVISOR, Level.COORDINATOR]


class OneReport(RuleBasedStateMachine):
    """One incident, three agencies, and whatever anybody may try at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOON
        self.held: dict[str, Standing] = {}
        self.past: list[Standing] = []
        self.conflicts: set[str] = set()
        self.heard: dict[str, set] = {}

    @rule(minutes=st.integers(1, 60 * 24 * 40))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(agency=st.sampled_from(AGENCIES))
    def an_officer_of_theirs_is_named(self, agency: str) -> None:
        self.conflicts.add(agency)

    @rule(agency=st.sampled_from(AGENCIES), band=st.sampled_from(BANDS))
    def it_is_sent(self, agency: str, band: str) -> None:
        holding = {code for code, one in self.held.items() if one.state not in OVER}
        came_back = [one for one in self.past if one.state in {State.RETURNED, State.DECLINED}]
        carried = came_back[-1] if came_back else None
        try:
            check_recipient(agency, holding=holding, conflicts=self.conflicts)
        except ConflictOfInterestError:
            assert agency in self.conflicts
        except AlreadyReferredError:
            assert agency in holding - self.conflicts
        else:
            assert agency not in holding | self.conflicts
            sent = first_standing(band, now=self.now, carried=carried)
            assert sent.answer_by <= self.now + timedelta(minutes=ANSWER_MINUTES[band])
            if carried:
                assert (sent.since, sent.answer_by <= carried.answer_by) == (carried.since, True)
            self.held[agency], self.heard[agency] = sent, set()

    @precondition(lambda self: self.held)
    @rule(data=st.data(), act=st.sampled_from(list(Act)), is_final=st.booleans())
    def somebody_acts(self, data, act: Act, *, is_final: bool) -> None:
        agency = data.draw(st.sampled_from(sorted(self.held)))
        before = self.held[agency]
        if before.state not in ALLOWED_FROM[act]:
            with pytest.raises(ReferralStateError):
                after(before, act, now=self.now, is_final=is_final)
            return
        then = after(before, act, now=self.now, is_final=is_final)
        # What was seen cannot be unsent, and what was not seen needs no notice.
        assert act is not Act.UNDO or before.state is State.SENT
        assert act is not Act.CANCEL or before.state is not State.SENT
        assert (then.since, then.answer_by, then.band) == (
            before.since,
            before.answer_by,
            before.band,
        )
        if before.acted_at:
            assert then.acted_at == before.acted_at
        self.held[agency] = then
        if then.state in OVER and before.state not in OVER:
            self.past.append(then)

    @invariant()
    def what_is_over_stays_over_and_rings_no_more(self) -> None:
        for one in self.held.values():
            if one.state in OVER | {State.CLOSED}:
                assert running_clock(one) is None
                assert alarms_due(one, now=self.now + timedelta(days=999)) == ()
            if one.state in OVER:
                open_acts = [act for act in Act if one.state in ALLOWED_FROM[act]]
                assert all(after(one, act, now=self.now) == one for act in open_acts)

    @invariant()
    def everybody_is_told_in_order_and_nobody_is_forgotten(self) -> None:
        for agency, one in self.held.items():
            told = alarms_due(one, now=self.now)
            assert [alarm.level for alarm in told] == ORDER[: len(told)]
            clock = running_clock(one)
            is_late = clock is not None and self.now > clock.until
            assert is_late == (Level.SUPERVISOR in {alarm.level for alarm in told})
            if clock is not None:
                before = {a for a in self.heard[agency] if a.clock is clock.name}
                assert before <= set(told)
            self.heard[agency] |= set(told)


TestOneReport = OneReport.TestCase
TestOneReport.settings = settings(max_examples=2_000, stateful_step_count=12, deadline=None)


@pytest.mark.parametrize("band", BANDS)
@pytest.mark.parametrize("clock", ClockName)
def test_a_breach_is_heard_by_the_supervisor_then_by_the_coordinator(band, clock):
    standing = first_standing(band, now=NOON)
    minutes, since = ANSWER_MINUTES[band], NOON
    if clock is ClockName.ACTION:
        since = NOON + timedelta(minutes=5)
        standing = after(standing, Act.ACCEPT, now=since)
        minutes = ACTION_MINUTES[band]
    due = since + timedelta(minutes=minutes)
    patience = timedelta(minutes=PATIENCE_MINUTES[band])
    second = timedelta(seconds=1)

    def heard(now: datetime) -> list[Level]:
        assert {alarm.clock for alarm in alarms_due(standing, now=now)} <= {clock}
        return [alarm.level for alarm in alarms_due(standing, now=now)]

    assert heard(since) == []
    assert heard(due - (due - since) / 3 + second) == ORDER[:1]
    assert heard(due) == ORDER[:1]
    assert heard(due + second) == ORDER[:2]
    assert heard(due + patience) == ORDER[:2]
    assert heard(due + patience + second) == ORDER


def test_a_question_to_the_tipline_does_not_stop_the_clock():
    asking = after(first_standing("A", now=NOON), Act.ASK, now=NOON)

    assert asking.is_asking
    assert running_clock(asking).until == NOON + timedelta(hours=1)
    assert not after(asking, Act.ANSWER, now=NOON).is_asking


def test_a_word_on_what_came_of_it_stops_the_reminders():
    taken = after(first_standing("B", now=NOON), Act.ACCEPT, now=NOON)
    later = NOON + timedelta(days=30)

    assert len(alarms_due(taken, now=later)) == 3
    for is_final, state in ((False, State.ACCEPTED), (True, State.CLOSED)):
        answered = after(taken, Act.OUTCOME, now=later, is_final=is_final)
        assert (answered.state, alarms_due(answered, now=later)) == (state, ())


def test_the_first_clock_goes_on_at_the_next_agency():
    first = first_standing("C", now=NOON)
    back = after(after(first, Act.OPEN, now=NOON), Act.RETURN, now=NOON + timedelta(days=2))

    second = first_standing("C", now=NOON + timedelta(days=2), carried=back)

    assert (second.since, second.answer_by) == (NOON, first.answer_by)
    # A higher lane than before shortens it, and a late one is late at once.
    assert first_standing("A", now=NOON, carried=back).answer_by == NOON + timedelta(hours=1)
    late = first_standing("C", now=NOON + timedelta(days=9), carried=back)
    assert [alarm.level for alarm in alarms_due(late, now=NOON + timedelta(days=9))] == ORDER


def candidate(code: str, kind: AgencyKind, *regions: str, is_default: bool = False) -> Candidate:
    name = code.replace("-", " ").title()
    return Candidate(
        code=code,
        kind=kind,
        regions=frozenset(regions),
        names=(name, ""),
        is_default=is_default,
    )


DIRECTORY = (
    candidate("harbor-police", AgencyKind.POLICE, "MB"),
    candidate("shore-police", AgencyKind.POLICE, "MB", is_default=True),
    candidate("valley-police", AgencyKind.POLICE, "ON", is_default=True),
    candidate("national-centre", AgencyKind.NATIONAL_CENTRE, "CA"),
    candidate("shore-watch", AgencyKind.OVERSIGHT, "MB"),
    candidate("country-watch", AgencyKind.OVERSIGHT, "CA"),
    candidate("shore-children", AgencyKind.CHILD_WELFARE, "MB"),
)


def test_whom_a_report_accuses_is_passed_by_and_watched():
    near = instead_of("harbor-police", directory=DIRECTORY)
    far = instead_of("valley-police", directory=DIRECTORY)

    assert near.agencies == ("shore-police", "national-centre")
    assert near.oversight == ("shore-watch",)
    assert far.agencies == ("national-centre",)
    assert far.oversight == ("country-watch",)


def test_a_force_that_is_named_in_the_text_is_noticed_and_a_welfare_body_is_not():
    told = ("He says he works at HARBOR police.", "Shore Children knows.")

    assert named_in(told, directory=DIRECTORY) == ("harbor-police",)
    assert named_in(("He is a teacher.",), directory=DIRECTORY) == ()


def test_a_conflict_weighs_more_than_a_repetition():
    with pytest.raises(ConflictOfInterestError):
        check_recipient("harbor-police", holding={"harbor-police"}, conflicts={"harbor-police"})
    with pytest.raises(AlreadyReferredError):
        check_recipient("harbor-police", holding={"harbor-police"}, conflicts=())
    assert check_recipient("valley-police", holding={"harbor-police"}, conflicts=()) is None

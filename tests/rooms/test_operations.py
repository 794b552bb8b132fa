"""Operations: who sees one when, how it moves, and that nobody sees another agency's targets."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.agencies.models import Agency
from havre.audit.rules import Station
from havre.cases.actions import look_at_case, open_case
from havre.cases.models import Case, Grant
from havre.cases.operations.actions import (
    add_target,
    end_partnership,
    invite_partner,
    mark_target,
    move_operation,
    plan_operation,
    read_operation,
    read_operations,
    send_out,
    set_days,
)
from havre.cases.operations.models import Operation, Partner, Target
from havre.cases.operations.rules.states import (
    FROM,
    TO,
    Course,
    EmbargoError,
    OperationState,
    OperationStateError,
    Plan,
    TargetState,
    check_goes_on,
    courses_from,
    moved,
    progress,
)
from havre.cases.rules.access import GrantKind
from havre.cases.sharing.actions import share_case
from havre.intake.models import Report
from havre.plumbing import clock, ids
from havre.plumbing.context import acting_as
from tests import make
from tests.pages import assert_sound

START = datetime(2026, 11, 22, 12, tzinfo=UTC)
AGENCIES = ("harbor", "valley", "shore")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

# ------------------------------------------------------------------------------------ the rules

acts = st.lists(
    st.one_of(
        st.tuples(st.just("invite"), st.sampled_from(AGENCIES)),
        st.tuples(st.just("leave"), st.sampled_from(AGENCIES)),
        st.tuples(st.just("embargo"), st.none() | st.integers(-24, 24)),
        st.tuples(st.just("move"), st.sampled_from(Course)),
        st.tuples(st.just("wait"), st.integers(0, 24)),
    ),
    max_size=12,
)


@settings(max_examples=2_000, deadline=None)
@given(acts)
def test_partners_see_it_from_the_end_of_the_embargo_and_it_moves_as_the_table_says(acts):
    now, partners, held, state = START, set(), None, OperationState.PLANNED
    for act, told in acts:
        plan = Plan(lead="harbor", partners=frozenset(partners), embargo_until=held, state=state)
        match act:
            case "invite":
                partners.add(told)
            case "leave":
                partners.discard(told)
            case "embargo":
                held = None if told is None else now + told * HOUR
            case "wait":
                now += told * HOUR
            case "move" if state not in FROM[told]:
                with pytest.raises(OperationStateError):
                    moved(plan, told, at=now)
            case "move" if told is Course.START and held is not None and now < held:
                with pytest.raises(EmbargoError):
                    moved(plan, told, at=now)
            case _:
                state = moved(plan, told, at=now)
                assert state is TO[told]
        plan = Plan(lead="harbor", partners=frozenset(partners), embargo_until=held, state=state)
        assert plan.is_seen_by("harbor", at=now)
        for agency in ("valley", "shore"):
            expected = agency in partners and (held is None or now >= held)
            assert plan.is_seen_by(agency, at=now) is expected
        assert courses_from(state)
        if state in {OperationState.ENDED, OperationState.CALLED_OFF}:
            with pytest.raises(OperationStateError):
                check_goes_on(plan)
        else:
            check_goes_on(plan)


some_targets = st.lists(st.tuples(st.sampled_from(AGENCIES), st.sampled_from(TargetState)))


@settings(max_examples=500, deadline=None)
@given(some_targets, st.sampled_from(AGENCIES))
def test_progress_tells_a_partner_of_itself_and_of_all_and_the_lead_of_each(targets, asks):
    told = progress(Plan(lead="harbor"), targets, asked_by=asks)

    assert told[""] == Counter(state for _agency, state in targets)
    shown = {agency for agency, _state in targets if asks in {"harbor", agency}}
    assert set(told) - {""} == shown
    for agency in shown:
        assert told[agency] == Counter(state for whose, state in targets if whose == agency)


# ------------------------------------------------------------------------------------ in the room


@pytest.fixture
def harbor(db):
    return make.directory()


@pytest.fixture
def lead(harbor):
    return make.officer(harbor)


@pytest.fixture
def valley(harbor):
    return make.officer(make.agency_by_code("valley-police"))


@pytest.fixture
def shore(harbor):
    return make.officer(make.agency("shore-police"))


@pytest.fixture
def operation(lead, valley, shore):
    made = plan_operation("Lighthouse", "The group at Harbor Chat", by=lead).reference
    for partner in (valley, shore):
        invite_partner(made, to=partner.agency, by=lead)
    return made


def rows_of(officer, table):
    with acting_as(officer.context), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def test_until_the_embargo_is_over_partners_see_nothing_in_the_database_either(lead, valley):
    later = clock.now() + HOUR
    made = plan_operation("Lighthouse", "Harbor Chat", embargo_until=later, by=lead).reference
    invite_partner(made, to=valley.agency, by=lead)

    with pytest.raises(Operation.DoesNotExist):
        read_operation(made, by=valley)
    tables = ("operations_operation", "operations_partner", "operations_target")
    assert [rows_of(valley, table) for table in tables] == [0, 0, 0]
    assert rows_of(valley, "evidence_recordkey") == 0
    with pytest.raises(EmbargoError):
        move_operation(made, Course.START, by=lead)

    set_days(made, embargo_until=clock.now() - HOUR, joint_day=None, by=lead)

    assert read_operation(made, by=valley).name == "Lighthouse"
    assert rows_of(valley, "operations_operation") == 1
    assert move_operation(made, Course.START, by=lead).state == OperationState.RUNNING


def test_each_sees_its_own_targets_and_the_lead_counts_alone(operation, lead, valley, shore):
    cases = {one: open_case("The pier", by=one).reference for one in (lead, valley, shore)}
    targets = {one: add_target(operation, cases[one], by=one) for one in cases}
    mark_target(operation, targets[valley].pk, state=TargetState.DONE, by=valley)

    for one in (lead, valley, shore):
        seen = read_operation(operation, by=one)
        assert [target.pk for target in seen.targets] == [targets[one].pk]
        assert seen.progress[""] == Counter(waiting=2, done=1)
        assert rows_of(one, "operations_target") == 1
        whose = {str(each.agency_id) for each in ((lead, valley, shore) if one is lead else (one,))}
        assert set(seen.progress) == {"", *whose}
    assert read_operation(operation, by=valley).partners == []
    with pytest.raises(Target.DoesNotExist):
        mark_target(operation, targets[valley].pk, state=TargetState.DROPPED, by=lead)
    with pytest.raises(Case.DoesNotExist):
        look_at_case(cases[valley], by=lead)


def test_a_target_is_one_s_own_case_or_a_report_that_one_was_sent(operation, lead, valley):
    foreign, report = open_case("The pier", by=lead).reference, make.report()
    with pytest.raises(Case.DoesNotExist):
        add_target(operation, foreign, by=valley)
    with pytest.raises(Report.DoesNotExist):
        add_target(operation, report.reference, by=valley)
    with pytest.raises(Report.DoesNotExist):
        add_target(operation, "", by=valley)
    make.referral(report, to=valley.agency, by=make.analyst())

    one = add_target(operation, report.reference, by=valley)

    assert add_target(operation, report.reference.lower(), by=valley) == one
    assert one.called == report.reference


def test_packages_go_out_all_at_once_and_not_before_the_embargo(operation, lead, valley, shore):
    given = open_case("For the valley", by=lead).reference
    until = clock.now() + 30 * DAY
    with pytest.raises(Agency.DoesNotExist):
        add_target(operation, given, to="national-centre", by=lead)
    with pytest.raises(Operation.DoesNotExist):
        add_target(operation, open_case("x", by=valley).reference, to="shore-police", by=valley)
    target = add_target(operation, given, to="valley-police", by=lead)
    assert read_operation(operation, by=valley).targets == []
    assert set(read_operation(operation, by=valley).progress) == {""}
    assert rows_of(valley, "operations_target") == 0
    with pytest.raises(Target.DoesNotExist):
        mark_target(operation, target.pk, state=TargetState.DONE, by=valley)
    set_days(operation, embargo_until=clock.now() + HOUR, joint_day=None, by=lead)
    with pytest.raises(EmbargoError):
        send_out(operation, until=until, by=lead)
    with pytest.raises(Case.DoesNotExist):
        look_at_case(given, by=valley)

    set_days(operation, embargo_until=None, joint_day=None, by=lead)

    assert send_out(operation, until=until, by=lead) == 1
    assert send_out(operation, until=until, by=lead) == 0
    assert look_at_case(given, by=valley).title == "For the valley"
    with pytest.raises(Case.DoesNotExist):
        look_at_case(given, by=shore)
    (target,) = read_operation(operation, by=valley).targets
    assert mark_target(operation, target.pk, state=TargetState.READY, by=valley).state == "ready"


def test_no_agency_invites_itself_in_the_database_either(operation, lead, valley, shore):
    foreign = plan_operation("Pharos", "Another", by=lead)
    itself = {"operation": foreign, "lead": shore.agency, "agency": shore.agency}

    def invite_itself() -> None:
        with acting_as(shore.context):
            Partner(id=ids.uuid7(), **itself).save(force_insert=True)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError, match="only_the_lead_invites"):
        invite_itself()
    assert rows_of(shore, "operations_operation") == 1


def test_who_is_taken_off_sees_nothing_more_and_its_targets_stay_counted(operation, lead, valley):
    add_target(operation, open_case("The pier", by=valley).reference, by=valley)
    partner = next(
        one
        for one in read_operation(operation, by=lead).partners
        if one.agency_id == valley.agency_id
    )
    end_partnership(operation, partner.pk, by=lead)

    with pytest.raises(Operation.DoesNotExist):
        read_operation(operation, by=valley)
    assert read_operation(operation, by=lead).progress[""] == Counter(waiting=1)
    invite_partner(operation, to=valley.agency, by=lead)
    assert read_operation(operation, by=valley).name == "Lighthouse"


def test_nothing_goes_out_to_who_was_taken_off(operation, lead, valley):
    given = open_case("For the valley", by=lead).reference
    add_target(operation, given, to="valley-police", by=lead)
    partners = read_operation(operation, by=lead).partners
    (partner,) = (one for one in partners if one.agency_id == valley.agency_id)
    end_partnership(operation, partner.pk, by=lead)
    until = clock.now() + DAY

    assert send_out(operation, until=until, by=lead) == 0
    with pytest.raises(Case.DoesNotExist):
        look_at_case(given, by=valley)
    invite_partner(operation, to=valley.agency, by=lead)
    assert send_out(operation, until=until, by=lead) == 1


def test_whoever_works_on_a_case_with_us_is_not_made_a_mere_reader_of_it(operation, lead, valley):
    given = open_case("For the valley", by=lead).reference
    long = clock.now() + 30 * DAY
    share_case(given, to=valley.agency, until=long, kind=GrantKind.JOINT, by=lead)
    add_target(operation, given, to="valley-police", by=lead)

    assert send_out(operation, until=clock.now() + DAY, by=lead) == 1
    with acting_as(lead.context):
        (grant,) = Grant.objects.filter(case__reference=given, withdrawn_at=None)
    assert (grant.kind, grant.until) == (GrantKind.JOINT, long)


def test_only_the_lead_leads_and_nothing_is_added_once_it_has_ended(operation, lead, valley):
    for act in (
        lambda: move_operation(operation, Course.START, by=valley),
        lambda: set_days(operation, embargo_until=None, joint_day=None, by=valley),
        lambda: invite_partner(operation, to=valley.agency, by=valley),
        lambda: send_out(operation, until=clock.now() + DAY, by=valley),
    ):
        with pytest.raises(Operation.DoesNotExist):
            act()
    move_operation(operation, Course.CALL_OFF, by=lead)
    with pytest.raises(OperationStateError):
        add_target(operation, open_case("x", by=valley).reference, by=valley)
    with pytest.raises(OperationStateError):
        invite_partner(operation, to=valley.agency, by=lead)


def test_the_name_stands_nowhere_in_clear(operation, lead):
    with acting_as(Station.PIPELINE.context), connection.cursor() as cursor:
        cursor.execute("SELECT o::text, a.details::text FROM operations_operation o, audit_entry a")
        assert "Lighthouse" not in str(cursor.fetchall())
    assert [one.name for one in read_operations(by=lead)[0]] == ["Lighthouse"]


def test_the_list_goes_from_page_to_page(lead):
    for number in range(51):
        plan_operation(f"Number {number}", "x", by=lead)
    first, page = read_operations(by=lead)
    second, _last = read_operations(after=page.next, by=lead)
    assert (len(first), [one.name for one in second]) == (50, ["Number 0"])
    assert read_operations(after="no place", by=lead)[0] == []


# ------------------------------------------------------------------------------------ the pages


def test_an_operation_is_planned_and_led_in_the_browser(lead, valley, shore):
    desk, partner = make.browser(lead), make.browser(valley)
    assert (
        "takes part in no operation"
        in assert_sound(desk.get("/en/operations").content).text_content()
    )
    assert desk.post("/en/operations/new", {}).status_code == 422
    day = clock.now().date().isoformat()
    typed = {"name": "Lighthouse", "aim": "Harbor Chat", "joint_day": day}
    page = desk.post("/en/operations/new", typed, follow=True)
    assert "Lighthouse" in assert_sound(page.content).text_content()
    address = page.redirect_chain[-1][0]
    assert partner.get(address).status_code == 404
    desk.post(f"{address}/invite", {"to": "valley-police"})
    case = open_case("The pier", by=lead)
    page = desk.post(f"{address}/targets", {"called": case.reference, "to": "valley-police"})
    assert page.status_code == 302
    fault = desk.post(f"{address}/targets", {"called": "C-0000-0000"})
    assert fault.status_code == 422
    assert "No such case" in assert_sound(fault.content).text_content()
    french = address.replace("/en/", "/fr/")
    assert f'value="{day}"' in desk.get(french).content.decode()
    seen = assert_sound(partner.get(french).content).text_content()
    assert "Cibles que vous voyez" in seen
    assert case.written_number not in seen
    out = desk.post(f"{address}/send-out", {"until": day}, follow=True)
    assert "sent out" in out.content.decode()
    given = assert_sound(partner.get(french).content)
    assert case.written_number in given.text_content()
    (led,) = (one.get("href") for one in given.iter("{*}a") if case.reference in one.get("href"))
    assert partner.get(led).status_code == 200
    assert partner.get(f"/en/cases/{case.reference}").status_code == 200
    desk.post(f"{address}/course", {"course": "start"})
    assert "Running" in assert_sound(desk.get(address).content).text_content()
    stale = desk.post(f"{address}/course", {"course": "start"}, follow=True)
    assert "stands elsewhere" in stale.content.decode()

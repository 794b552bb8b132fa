"""Secondments: asked by one agency, agreed by the other, renewed, and told of before they end."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid4

import pytest

from havre.agencies.actions import add_officer
from havre.agencies.models import Officer
from havre.agencies.reads import agency_by_code, the_tipline
from havre.agencies.rules.permits import Permit, Role
from havre.agencies.rules.words import AgencyKind
from havre.agencies.secondments import actions
from havre.agencies.secondments.models import Secondment
from havre.agencies.secondments.reads import who_may_be_lent
from havre.agencies.secondments.rules import Reason, Refusal, State
from havre.agencies.staff.actions import close_officer
from havre.audit.rules import Event, Station
from havre.plumbing.clock import clock_set_to
from havre.plumbing.context import acting_as
from havre.plumbing.scopes import Scope
from havre.referrals.notices.actions import set_notices
from havre.referrals.notices.models import News, Notice
from havre.referrals.notices.rules import GATHER, NewsKind
from havre.triage.paging.rules.ways import Way
from havre.wiring.sweeps.notices import send_notices
from havre.wiring.sweeps.secondments import settle_secondments
from tests import make
from tests.lending import (
    LAST,
    MOMENT,
    NOW,
    OVER,
    TODAY,
    Town,
    a_town,
    lines,
    refused,
    state_of,
)
from tests.pages import assert_sound


@pytest.fixture
def town(db) -> Iterator[Town]:
    with clock_set_to(NOW):
        yield a_town()


def test_one_agency_asks_and_the_other_agrees(town):
    asked = town.ask()
    assert asked.state is State.ASKED
    assert refused(actions.agree_secondment, asked.pk, by=town.lender) is Refusal.NOT_YOURS

    agreed = actions.agree_secondment(asked.pk, by=town.receiver)
    place = town.place()
    assert agreed.state is State.IN_FORCE
    assert (place.agency, place.role, place.person) == (town.valley, "detective", town.detective)
    assert place.may(Permit.CASE_READ)
    assert not place.has_usable_password()


def test_a_third_agency_sees_nothing_of_it(town):
    asked = town.ask()
    stranger = make.officer(agency_by_code("national-centre"), Role.AGENCY_SUPERVISOR)
    for act in (actions.open_secondment, actions.agree_secondment, actions.end_secondment):
        with pytest.raises(Secondment.DoesNotExist):
            act(asked.pk, by=stranger)
    assert not actions.read_secondments(by=stranger).rows
    assert [row.secondment for row in actions.read_secondments(by=town.receiver).rows] == [asked]


def test_nobody_lends_an_officer_of_another_agency_nor_themselves(town):
    for officer in (town.receiver, town.lender, make.officer(the_tipline(), Role.AUDITOR)):
        with pytest.raises(Officer.DoesNotExist):
            actions.ask_secondment(
                officer.pk,
                host=town.valley,
                role=Role.DETECTIVE,
                reason=Reason.COVER,
                first=TODAY,
                last=LAST,
                by=town.lender,
            )


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        ({"last": date(2026, 11, 29)}, Refusal.BACKWARDS),
        ({"first": date(2026, 11, 1), "last": date(2026, 11, 29)}, Refusal.OVER),
        ({"last": TODAY + timedelta(days=365)}, Refusal.TOO_LONG),
        ({"first": TODAY + timedelta(days=181), "last": date(2027, 12, 1)}, Refusal.TOO_FAR),
        ({"role": Role.AGENCY_SUPERVISOR}, Refusal.ROLE),
        ({"role": Role.TIPLINE_ANALYST}, Refusal.ROLE),
    ],
)
def test_terms_that_do_not_stand_are_refused(town, terms, why):
    assert refused(town.ask, **terms) is why
    assert not Officer.objects.filter(person__isnull=False).exists()


def test_a_whole_year_is_the_longest(town):
    assert town.ask(last=TODAY + timedelta(days=364)).state is State.ASKED


def test_it_is_asked_for_once_and_where_somebody_could_agree(town):
    town.ask()
    assert refused(town.ask) is Refusal.ALREADY
    empty = make.agency("pier-police")
    assert refused(town.ask, host=empty) is Refusal.WITHOUT_SUPERVISOR
    assert refused(town.ask, host=town.harbor) is Refusal.SAME_AGENCY


def test_a_platform_administrator_speaks_only_where_the_data_says_so(town):
    admin = make.officer(the_tipline(), Role.PLATFORM_ADMIN)
    police = town.ask()
    with pytest.raises(Secondment.DoesNotExist):
        actions.agree_secondment(police.pk, by=admin)

    national = agency_by_code("national-centre")
    asked = town.ask(host=national, role=Role.NATIONAL_COORDINATOR)
    led = make.officer(national, Role.AGENCY_SUPERVISOR)
    assert refused(actions.agree_secondment, asked.pk, by=led) is Refusal.NOT_YOURS
    agreed = actions.agree_secondment(asked.pk, by=admin)
    assert agreed.state is State.IN_FORCE
    assert agreed.place.scope is Scope.COORDINATOR


def test_two_persons_of_one_agency_are_not_enough(town):
    """The tipline's supervisor lends to the centre, and its administrator would agree."""
    admin = make.officer(the_tipline(), Role.PLATFORM_ADMIN)
    boss, analyst = make.officer(the_tipline(), Role.SUPERVISOR), make.analyst()
    asked = actions.ask_secondment(
        analyst.pk,
        host=agency_by_code("national-centre"),
        role=Role.DETECTIVE,
        reason=Reason.LIAISON,
        first=TODAY,
        last=LAST,
        by=boss,
    )
    assert refused(actions.agree_secondment, asked.pk, by=admin) is Refusal.NOT_YOURS


def test_what_is_refused_or_withdrawn_opens_nothing(town):
    first = actions.refuse_secondment(town.ask().pk, by=town.receiver)
    second = actions.withdraw_secondment(town.ask().pk, by=town.lender)
    assert (first.state, second.state) == (State.REFUSED, State.WITHDRAWN)
    assert refused(actions.agree_secondment, first.pk, by=town.receiver) is Refusal.STATE
    assert not Officer.objects.filter(person__isnull=False).exists()


def test_what_nobody_answered_lapses(town):
    asked = town.ask()
    with clock_set_to(OVER):
        assert asked.state is State.LAPSED
        assert refused(actions.agree_secondment, asked.pk, by=town.receiver) is Refusal.STATE


def test_some_are_lent_to_nobody_and_some_agencies_lend_and_receive_nobody(town):
    boss, analyst = make.officer(the_tipline(), Role.SUPERVISOR), make.analyst()
    make.officer(the_tipline(), Role.AUDITOR)
    assert who_may_be_lent(boss) == [analyst]
    over_others = make.agency("pier-board", kind=AgencyKind.OVERSIGHT)
    chair = make.officer(over_others, Role.AGENCY_SUPERVISOR)
    make.officer(over_others)
    assert who_may_be_lent(chair) == []
    assert refused(town.ask, host=over_others) is Refusal.WITHOUT_SUPERVISOR


def test_a_closed_account_is_not_lent_and_receives_nobody(town):
    Officer.objects.filter(pk=town.receiver.pk).update(is_active=False)
    assert refused(town.ask) is Refusal.WITHOUT_SUPERVISOR
    close_officer(town.detective.pk, by=town.lender)
    with pytest.raises(Officer.DoesNotExist):
        town.ask()


def test_a_shorter_time_elsewhere_cuts_no_longer_one(town):
    pier = make.agency("pier-police")
    boss = make.officer(pier, Role.AGENCY_SUPERVISOR)
    town.lend(last=LAST + timedelta(days=60))
    actions.agree_secondment(town.ask(host=pier).pk, by=boss)
    town.detective.refresh_from_db()
    with clock_set_to(OVER):
        assert town.detective.is_lent


def test_nobody_renews_their_own_time(town):
    """Whoever leads a unit at home speaks for it, and might be lent as well."""
    lent = make.officer(town.harbor, Role.AGENCY_SUPERVISOR)
    asked = actions.ask_secondment(
        lent.pk,
        host=town.valley,
        role=Role.DETECTIVE,
        reason=Reason.COVER,
        first=TODAY,
        last=LAST,
        by=town.lender,
    )
    agreed = actions.agree_secondment(asked.pk, by=town.receiver)
    longer = LAST + timedelta(days=30)
    assert refused(actions.ask_renewal, agreed.pk, last=longer, by=lent) is Refusal.ONESELF


def test_a_renewal_goes_on_in_the_same_place(town):
    agreed, place = town.lend(), town.place()
    renewal = actions.ask_renewal(agreed.pk, last=LAST + timedelta(days=30), by=town.receiver)
    assert refused(actions.agree_secondment, renewal.pk, by=town.receiver) is Refusal.NOT_YOURS
    with clock_set_to(OVER - MOMENT):
        actions.agree_secondment(renewal.pk, by=town.lender)
    with clock_set_to(OVER):
        settle_secondments()
        assert town.place() == place
        assert town.place().is_here
        assert state_of(agreed, town) is State.ENDED
        assert state_of(renewal, town) is State.IN_FORCE
        actions.end_secondment(renewal.pk, by=town.lender)
        assert not town.place().is_here


def test_it_is_renewed_twice_and_no_more(town):
    agreed, last = town.lend(), LAST
    for _turn in range(2):
        last += timedelta(days=10)
        asked = actions.ask_renewal(agreed.pk, last=last, by=town.lender)
        agreed = actions.agree_secondment(asked.pk, by=town.receiver)
    again = last + timedelta(days=10)
    why = refused(actions.ask_renewal, agreed.pk, last=again, by=town.lender)
    assert why is Refusal.LAST_RENEWAL


def test_a_renewal_that_was_refused_may_be_asked_for_again(town):
    agreed, last = town.lend(), LAST + timedelta(days=5)
    asked = actions.ask_renewal(agreed.pk, last=last, by=town.lender)
    assert refused(actions.ask_renewal, agreed.pk, last=last, by=town.lender) is Refusal.ALREADY
    actions.refuse_secondment(asked.pk, by=town.receiver)
    assert actions.ask_renewal(agreed.pk, last=last, by=town.receiver).state is State.ASKED


def test_a_renewal_that_is_agreed_too_late_opens_nothing_again(town):
    agreed = town.lend()
    asked = actions.ask_renewal(agreed.pk, last=LAST + timedelta(days=30), by=town.lender)
    with clock_set_to(OVER):
        assert state_of(asked, town) is State.ASKED
        assert refused(actions.agree_secondment, asked.pk, by=town.receiver) is Refusal.STATE
        assert not town.place().is_here


def test_nobody_receives_an_officer_whose_account_was_closed_meanwhile(town):
    asked = town.ask()
    close_officer(town.detective.pk, by=town.lender)
    assert refused(actions.agree_secondment, asked.pk, by=town.receiver) is Refusal.NOT_LENT
    assert not Officer.objects.filter(person__isnull=False).exists()


def test_only_the_side_that_asked_takes_it_back(town):
    asked = town.ask()
    assert refused(actions.withdraw_secondment, asked.pk, by=town.receiver) is Refusal.NOT_YOURS
    agreed = actions.agree_secondment(asked.pk, by=town.receiver)
    assert refused(actions.withdraw_secondment, agreed.pk, by=town.lender) is Refusal.STATE
    assert state_of(agreed, town) is State.IN_FORCE


def test_what_was_asked_to_follow_ends_with_it(town):
    agreed = town.lend()
    asked = actions.ask_renewal(agreed.pk, last=LAST + timedelta(days=30), by=town.lender)
    actions.end_secondment(agreed.pk, by=town.receiver)
    assert state_of(asked, town) is State.WITHDRAWN

    again = town.lend()
    asked = actions.ask_renewal(again.pk, last=LAST + timedelta(days=30), by=town.lender)
    renewal = actions.agree_secondment(asked.pk, by=town.receiver)
    actions.end_secondment(again.pk, by=town.receiver)
    assert state_of(renewal, town) is State.ENDED
    assert refused(actions.let_in_again, renewal.pk, by=town.receiver) is Refusal.STATE


def test_that_it_has_run_out_is_noted_once_and_its_place_is_nobody_s_any_more(town):
    town.lend()
    with clock_set_to(OVER):
        for _again in range(2):
            settle_secondments()
        assert len(lines(Event.SECONDMENT_ENDED)) == 1
        assert not town.place().is_active


def test_nobody_is_told_of_an_end_that_was_put_off(town):
    for boss, email in ((town.lender, "harbor@example.com"), (town.receiver, "valley@example.com")):
        set_notices(email=email, is_on=True, by=boss)
    agreed = town.lend()
    asked = actions.ask_renewal(agreed.pk, last=LAST + timedelta(days=60), by=town.lender)
    actions.agree_secondment(asked.pk, by=town.receiver)
    with clock_set_to(OVER - timedelta(days=1)):
        settle_secondments()
        with acting_as(Station.PIPELINE.context):
            assert not News.objects.exists()


def test_both_agencies_are_told_before_the_end_and_nothing_of_it(town):
    for boss, email in ((town.lender, "harbor@example.com"), (town.receiver, "valley@example.com")):
        set_notices(email=email, is_on=True, by=boss)
    town.lend(last=LAST + timedelta(days=10))
    settle_secondments()
    with acting_as(Station.PIPELINE.context):
        assert not News.objects.exists()
    sent = []
    with clock_set_to(OVER + timedelta(days=9)):
        for _again in range(2):
            settle_secondments()
        with acting_as(Station.PIPELINE.context):
            assert {one.kind for one in News.objects.all()} == {NewsKind.SECONDMENT_ENDS}
            assert News.objects.count() == 2
    with clock_set_to(OVER + timedelta(days=9) + GATHER):
        send_notices({Way.EMAIL: sent.append})
    assert {letter.to for letter in sent} == {"harbor@example.com", "valley@example.com"}
    for letter in sent:
        assert letter.references == ()
        assert town.detective.display_name not in letter.text
        assert letter.address.endswith("/desk")
    with acting_as(Station.PIPELINE.context):
        assert Notice.objects.filter(beyond_inbox=True).count() == 2


def test_the_pages_ask_agree_renew_and_end(town):
    lender, receiver = make.browser(town.lender), make.browser(town.receiver)
    assert_sound(lender.get("/en/secondments").content)
    assert_sound(lender.get("/fr/detachements/nouveau").content)
    wrong = lender.post("/en/secondments/new", {"last": "2026-11-01"})
    assert wrong.status_code == 422
    assert_sound(wrong.content)
    asked = lender.post(
        "/en/secondments/new",
        {
            "officer": town.detective.pk,
            "host": town.valley.pk,
            "role": "detective",
            "reason": "expertise",
            "first": "2026-11-30",
            "last": "2026-12-14",
        },
    )
    address = asked.url
    assert_sound(receiver.get(address).content)
    assert "Waits for your answer" in receiver.get("/en/secondments").content.decode()
    assert lender.post(f"{address}/step", {"step": "agree"}).status_code == 422
    assert lender.post(f"{address}/step", {"step": "dance"}).status_code == 422
    assert receiver.post(f"{address}/step", {"step": "agree"}).url == address
    assert lender.post(f"{address}/renew", {"last": "2026-12-01"}).status_code == 422
    assert lender.post(f"{address}/renew", {"last": "2026-12-24"}).status_code == 302
    assert receiver.post(f"{address}/step", {"step": "end"}).url == address
    ended = lender.get(address)
    assert_sound(ended.content)
    assert "Ended" in ended.content.decode()
    assert lender.get(f"/en/secondments/{uuid4()}").status_code == 404


def test_a_provider_s_engineer_is_never_offered(town):
    assert Role.PROVIDER_ENGINEER not in {
        one.role for one in Officer.objects.who_sign_in() if one.agency == town.harbor
    }
    guest = add_officer(
        "clerk",
        name="A. Roy",
        agency=make.agency("pier-abroad", kind="foreign"),
        role=Role.FOREIGN_CLERK,
        password=None,
        by=Station.SET_UP,
    )
    with pytest.raises(Officer.DoesNotExist):
        actions.ask_secondment(
            guest.pk,
            host=town.valley,
            role=Role.DETECTIVE,
            reason=Reason.COVER,
            first=TODAY,
            last=LAST,
            by=make.officer(the_tipline(), Role.PLATFORM_ADMIN),
        )

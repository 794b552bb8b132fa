"""An agency watches so many identifiers at one time; refused in words that say what to do."""

from datetime import timedelta

import pytest

from havre.agencies.reads import agency_by_code
from havre.cases.actions import mark_case, open_case
from havre.cases.contents.actions import add_identifier, add_person
from havre.cases.watches.actions import Came, import_watches, watch_person
from havre.cases.watches.rules import rows_in
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import PersonRole
from havre.links.watches import rules
from havre.links.watches.actions import Terms, add_watch, end_watch, renew_watch
from havre.links.watches.models import Watch
from havre.links.watches.reads import today
from havre.links.watches.rules import Authority, Purpose, Tells, TooManyWatchesError
from havre.plumbing.context import acting_as
from tests import make
from tests.waiting import waits_for

MOST = 3
IN_WORDS = {
    "en": "Your agency watches as many identifiers as it may: 3. Nothing was changed.",
    "fr": "identifiants en veille",
}


@pytest.fixture
def detective(db, monkeypatch):
    monkeypatch.setattr(rules, "most_standing", lambda: MOST)
    monkeypatch.setattr("havre.cases.watches.wording.most_standing", lambda: MOST)
    return make.officer(make.directory())


def terms(**more) -> Terms:
    why = {"purpose": Purpose.INVESTIGATION, "authority": Authority.DUTY, "tells": Tells.AGENCY}
    return Terms(until=today() + timedelta(days=90), **why, **more)


def watched(number: int, by, **more) -> Watch:
    return add_watch(f"bird{number}@example.com", kind=Kind.EMAIL, terms=terms(**more), by=by)


def full(by) -> list[Watch]:
    return [watched(number, by) for number in range(MOST)]


def test_so_many_stand_and_no_more(detective):
    first, *_ = full(detective)
    with pytest.raises(TooManyWatchesError):
        watched(9, detective)
    end_watch(first.reference, by=detective)
    assert watched(9, detective).is_standing
    # What ended begins again only where there is room.
    with pytest.raises(TooManyWatchesError):
        renew_watch(first.reference, until=today(), by=detective)
    with acting_as(detective.context):
        last = Watch.objects.visible_to(detective).standing().first()
    assert renew_watch(last.reference, until=today(), by=detective)


def test_two_at_once_come_one_after_the_other_before_they_are_counted(detective, monkeypatch):
    with monkeypatch.context() as alone:
        alone.setattr("havre.links.watches.actions.one_after_the_other", lambda _key: None)
        first, *_ = full(detective)
        end_watch(first.reference, by=detective)
        watched(9, detective)
    with waits_for(f"watches/{detective.agency_id}"):
        watched(10, detective)
    with waits_for(f"watches/{detective.agency_id}"):
        renew_watch(first.reference, until=today(), by=detective)


def test_each_agency_has_room_of_its_own(detective):
    full(detective)
    elsewhere = make.officer(agency_by_code("valley-police"))
    assert watched(0, elsewhere).is_standing


def test_those_of_a_restricted_case_count_for_everybody(detective):
    case = open_case("Pier", by=detective)
    for number in range(MOST):
        watched(number, detective, case=case.pk)
    mark_case(case.reference, restricted=True, for_court=False, by=detective)
    with pytest.raises(TooManyWatchesError):
        watched(9, make.officer(detective.agency))


def test_a_list_says_which_rows_had_no_room(detective):
    rows = rows_in(
        "kind,platform,value\n" + "\n".join(f"email,,b{n}@example.com" for n in range(5))
    )
    told = import_watches(rows, terms=terms(), by=detective)
    assert [came for _, came in told] == [Came.ADDED] * MOST + [Came.NO_ROOM] * 2


def test_somebody_of_a_case_is_watched_whole_or_not_at_all(detective):
    watched(0, detective)
    case = open_case("Pier", by=detective)
    person = add_person(case.reference, "R. Example", role=PersonRole.SUSPECT, by=detective)
    for number in range(MOST):
        add_identifier(
            case.reference, person.pk, f"c{number}@example.com", kind=Kind.EMAIL, by=detective
        )
    with pytest.raises(TooManyWatchesError):
        watch_person(case.reference, person.pk, terms=terms(), by=detective)
    with acting_as(detective.context):
        assert Watch.objects.visible_to(detective).standing().count() == 1
    page = make.browser(detective).post(
        f"/en/cases/{case.reference}/people/watch", {"person": person.pk}, follow=True
    )
    assert IN_WORDS["en"] in page.content.decode()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_says_what_to_do(detective, language):
    first, *_ = full(detective)
    end_watch(first.reference, by=detective)
    watched(9, detective)
    browser = make.browser(detective)
    addresses = {"en": ("/en/watches", "new"), "fr": ("/fr/veilles", "nouvelle")}
    given = {
        "kind": "email",
        "value": "heron@example.com",
        "whose": "suspect",
        "purpose": "investigation",
        "authority": "duty",
        "tells": "agency",
        "until": today().isoformat(),
    }
    where, new = addresses[language]
    answer = browser.post(f"{where}/{new}", given)
    assert answer.status_code == 422
    assert IN_WORDS[language] in answer.content.decode()


def test_the_limit_is_data_and_generous():
    assert rules.most_standing() == 10_000

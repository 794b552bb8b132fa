"""Lists of very many cases: counts up to a bound, pages, and whose cases are looked for."""

from datetime import timedelta

import pytest

from havre.audit.rules import Station
from havre.cases import reads
from havre.cases.actions import open_case, read_cases
from havre.cases.models import Case, Grant
from havre.cases.rules.access import Part
from havre.cases.sharing.actions import share_case
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.values import counts
from havre.plumbing.values.counts import MoreThan
from tests import make


@pytest.fixture(autouse=True)
def harbor(db):
    return make.directory()


@pytest.fixture
def valley():
    return make.agency_by_code("valley-police")


@pytest.fixture
def detective(harbor):
    return make.officer(harbor)


@pytest.fixture
def bound(monkeypatch):
    monkeypatch.setattr(counts, "MOST_COUNTED", 3)
    monkeypatch.setattr(reads, "CASE_ROWS", 2)


def opened(by, how_many: int) -> list[str]:
    return [open_case(f"The man at pier {n}", by=by).reference for n in range(how_many)]


@pytest.mark.usefixtures("bound")
@pytest.mark.parametrize(("there", "told"), [(3, 3), (4, MoreThan(3))])
def test_cases_are_counted_exactly_up_to_the_bound(detective, there, told):
    opened(detective, there)

    page = read_cases(by=detective).page

    assert (page.chosen, page.own, page.from_others) == (told, told, 0)


@pytest.mark.usefixtures("bound")
@pytest.mark.parametrize(
    ("address", "head", "pager"),
    [
        ("/en/cases", "More than 3 of your agency not closed, 0 shared", "2 of more than 3"),
        ("/fr/dossiers", "Plus de 3 de votre service non fermés, 0 partagés", "2 sur plus de 3"),
    ],
)
def test_the_list_says_more_than_in_either_language(detective, address, head, pager):
    opened(detective, 4)

    shown = make.browser(detective).get(address).content.decode()

    assert head in shown
    assert pager in shown


@pytest.mark.usefixtures("bound")
def test_pages_lose_and_double_nothing_while_cases_come_and_go(detective):
    standing, seen, after = opened(detective, 5), [], ""
    for _ in range(9):
        page = read_cases(after=after, state="open", by=detective).page
        seen += [case.reference for case in page.cases]
        if not page.next:
            break
        after = page.next
        opened(detective, 1)
        with acting_as(Station.PIPELINE.context):
            Case.objects.filter(reference=standing[-1]).update(state="active")

    assert seen == standing[::-1]


@pytest.mark.parametrize("after", ["x", "{}", "'; --", "\x00", "9" * 5_000, "\u0661" * 32])
def test_a_place_that_somebody_made_up_breaks_nothing(detective, after):
    opened(detective, 1)

    assert make.browser(detective).get("/en/cases", {"after": after}).status_code == 200


def test_what_was_given_is_seen_while_who_gave_it_holds_the_case(detective, valley):
    """By the first wall alone: nobody is kept from anything by the second one here."""
    given, old, ended, kept = opened(detective, 4)
    reader, until = make.officer(valley), clock.now() + timedelta(days=1)
    for reference in (given, old, ended):
        share_case(reference, to=valley, until=until, parts=[Part.NOTES], by=detective)

    with acting_as(Station.PIPELINE.context):
        of_others = Grant.objects.filter(case__reference=old)
        assert of_others.update(from_agency=make.agency("pier-police")) == 1
        Grant.objects.filter(case__reference=ended).update(withdrawn_at=clock.now())

        def seen_by(officer) -> set[str]:
            return {case.reference for case in Case.objects.visible_to(officer)}

        assert seen_by(reader) == {given}
        assert seen_by(detective) == {given, old, ended, kept}


def test_cases_of_others_are_counted_beside_ones_own(detective, valley):
    given, _ = opened(detective, 2)
    until = clock.now() + timedelta(days=1)
    share_case(given, to=valley, until=until, parts=[Part.NOTES], by=detective)
    neighbour = make.officer(valley)
    own = opened(neighbour, 1)

    page = read_cases(by=neighbour).page

    assert (page.own, page.from_others, page.chosen) == (1, 1, 2)
    assert {case.reference for case in page.cases} == {given, *own}

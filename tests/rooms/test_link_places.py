"""What a report's place keeps of what it tells, and how few trips linking takes."""

from itertools import product

import pytest

from havre.agencies.rules.permits import Compartment
from havre.audit.rules import Station
from havre.identifiers.actions import hush_value
from havre.identifiers.models import Mention
from havre.identifiers.rules.words import Kind
from havre.intake.rules.submission import GivenIdentifier, Person, PersonRole
from havre.links.actions import link_report
from havre.links.book import SQL, StoredBook
from havre.links.checking.actions import check_links
from havre.links.judging.actions import judge_link
from havre.links.models import Member, Value
from havre.links.rules.clusters import Verdict
from havre.links.rules.facts import Side, Told
from havre.links.rules.packing import packed, unpacked
from havre.links.rules.settling import Settled
from havre.links.rules.weights import chaining_kinds
from havre.plumbing import ids, pipes
from havre.plumbing.context import acting_as
from tests import make

BY = Station.PIPELINE


def told_of(*names, walks=True, **facts):
    given = tuple(GivenIdentifier(kind="email", value=f"{name}@example.com") for name in names)
    people = (Person(role=PersonRole.SUSPECT, identifiers=given),)
    return make.report("He asked me to meet on Saturday.", people=people, walks=walks, **facts)


def clusters():
    with acting_as(BY.context):
        return dict(Member.objects.values_list("record", "cluster"))


def test_whatever_may_chain_is_read_back_as_it_was_told_by_whomever():
    ways = [Told(kind, role) for kind, role in product(sorted(chaining_kinds()), PersonRole)]
    names = product(PersonRole, (False, True), (None, b"n" * 16))
    ways += [Told(Kind.HANDLE, role, is_bare, near) for role, is_bare, near in names]
    told = {n.to_bytes(32): way for n, way in enumerate(ways)}
    assert unpacked(packed(told)) == told
    assert unpacked(packed({})) == {}
    with pytest.raises(KeyError):
        packed({bytes(32): Told(Kind.URL, PersonRole.SUSPECT)})


def as_before(**facts):
    """Make every place one from before it said what its report tells."""
    with acting_as(BY.context):
        for place in Member.objects.all():
            tokens = Mention.objects.filter(record=place.record_id).values_list("token", flat=True)
            old = {"told": None, "compartment": "", "values": [bytes(each) for each in tokens]}
            Member.objects.filter(pk=place.pk).update(**old | facts)


@pytest.mark.django_db
def test_places_from_before_they_said_what_is_told_are_read_and_then_kept_like_others():
    make.directory()
    old = told_of("dock.master")
    elsewhere = told_of("pier")
    as_before()
    assert check_links(by=BY).is_none
    new = told_of("dock.master", "grebe")
    found = clusters()
    assert found[old.pk] == found[new.pk] is not None
    assert found[elsewhere.pk] is None
    assert check_links(by=BY).is_none
    with acting_as(BY.context):
        place = Member.objects.get(record=old.pk)
        token = Mention.objects.get(record=old.pk).token
        assert list(unpacked(bytes(place.told))) == [bytes(token)]
        assert (place.compartment, place.values) == ("general", None)


@pytest.mark.django_db
def test_a_report_with_a_place_from_before_lets_go_of_what_it_tells_no_more():
    make.directory()
    one, other = told_of("dock.master"), told_of("dock.master")
    as_before()
    with acting_as(BY.context):
        Mention.objects.filter(record=one.pk).delete()
    link_report(one.pk, by=BY)
    found = clusters()
    assert found[one.pk] != found[other.pk]
    assert check_links(by=BY).is_none


@pytest.mark.django_db
def test_a_place_that_says_another_thing_than_its_report_is_found_and_mended():
    make.directory()
    report = told_of("dock.master")
    as_before(told=packed({bytes(32): Told(Kind.EMAIL, PersonRole.SUSPECT)}))
    assert check_links(mend=True, by=BY).reports == {report.pk}
    assert check_links(by=BY).is_none


@pytest.mark.real_commits
def test_a_report_is_linked_in_as_few_trips_however_many_it_meets(monkeypatch):
    make.directory()
    trips = []
    plain = pipes.Pack.ask
    monkeypatch.setattr(
        pipes.Pack, "ask", lambda pack, asked: trips.append(1) or plain(pack, asked)
    )

    def taken(known):
        for _ in range(known):
            told_of("dock.master")
        new = told_of("dock.master", "pier")
        del trips[:]
        link_report(new.pk, by=BY)
        return len(trips)

    assert taken(2) == taken(9) == 5


def test_no_id_is_turned_while_it_is_compared():
    """Behind a wall such a comparison finds no index, and walks through all places there are."""
    files = sorted(SQL.glob("*.sql"))
    assert len(files) > 10
    assert [file.name for file in files if "= encode(" in file.read_text()] == []


@pytest.mark.parametrize("many", [1, 3])
@pytest.mark.django_db
def test_places_from_before_of_one_compartment_are_nobodys_in_another(many, monkeypatch):
    """However many tell a value there: neither as a crowd's, nor before those of one's own."""
    make.directory()
    general = [told_of("dock.master") for _ in range(4)]
    own, *_ = [told_of("dock.master", compartment=Compartment.TRAFFICKING) for _ in range(many)]
    general += [told_of("dock.master") for _ in range(4)]
    monkeypatch.setattr("havre.links.book.MOST_HELD", 3)
    as_before()
    before = clusters()
    with acting_as(BY.context):
        token = bytes(Mention.objects.filter(record=own.pk).get().token)
        book = StoredBook(Side.SUSPECT, Compartment.TRAFFICKING)
        assert len(book.tellers_of([token])[token]) == many == len(book._places)
    new = told_of("dock.master", compartment=Compartment.TRAFFICKING)
    found = clusters()
    assert {found[each.pk] for each in general} == {before[each.pk] for each in general}
    assert found[general[0].pk] is not None
    assert found[own.pk] == found[new.pk] is not None
    with acting_as(BY.context):
        untouched = Member.objects.filter(compartment="", told=None)
        assert {place.record_id for place in untouched} >= {each.pk for each in general}
    assert check_links(by=BY).is_none


@pytest.mark.django_db
def test_a_place_of_another_compartment_is_never_written_over():
    make.directory()
    ours, theirs = told_of("dock.master"), told_of("pier", compartment=Compartment.TRAFFICKING)
    both = frozenset({ours.pk.bytes, theirs.pk.bytes})
    made_one = Settled(
        standings={}, region=both, clusters=(both,), strong=both, cores={}, proposals=frozenset()
    )
    for old in (False, True):
        if old:
            as_before()
        with acting_as(BY.context):
            StoredBook(Side.SUSPECT, "general").keep(made_one)
        found = clusters()
        assert found[ours.pk] is not None
        assert found[theirs.pk] is None


@pytest.mark.django_db
def test_the_check_finds_nothing_amiss_after_a_judgement_of_children_nobody_told_of():
    make.directory()
    one, other = told_of("dock.master"), told_of("pier")
    judged = {"side": Side.VICTIM, "verdict": Verdict.SAME, "reason": "Both name one club."}
    judge_link(one.reference, other=other.reference, by=make.analyst(), **judged)
    with acting_as(BY.context):
        assert Member.objects.filter(side=Side.VICTIM).exclude(cluster=None).count() == 2
    assert check_links(by=BY).is_none


@pytest.mark.django_db
def test_a_crowds_value_that_is_kept_quiet_counts_nobody_once_its_reports_are_linked(monkeypatch):
    make.directory()
    crowd = [told_of("dock.master") for _ in range(4)]
    monkeypatch.setattr("havre.links.book.MOST_HELD", 3)
    with acting_as(BY.context):
        token = Mention.objects.filter(record=crowd[0].pk).values_list("token", flat=True)[0]
    hush_value(bytes(token), cause=ids.uuid7(), by=BY)
    for each in crowd:
        link_report(each.pk, by=BY)
    with acting_as(BY.context):
        assert set(Value.objects.values_list("reports", flat=True)) == {0}
    assert check_links(by=BY).is_none


@pytest.mark.django_db
def test_a_page_that_reads_a_cluster_calls_no_function_for_each_of_its_places():
    make.directory()
    told_of("dock.master")
    theirs = told_of("pier", compartment=Compartment.TRAFFICKING)
    analyst = make.analyst()
    with acting_as(analyst.context):
        places = Member.objects.filter(side=Side.SUSPECT)
        assert theirs.pk not in places.values_list("record", flat=True)
        plan = places.explain(verbose=True)
    assert "identifiers_record" in plan
    assert "record_is_seen" not in plan

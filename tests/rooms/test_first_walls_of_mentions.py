"""Mentions and places are seen with their report and no other, by the first wall alone.

It is asked in Havre's own name: the second wall would hide what the first one forgets.
"""

import pytest

from havre.agencies.models import Agency
from havre.agencies.reads import every_agency
from havre.agencies.rules.permits import Compartment
from havre.audit.rules import Station
from havre.identifiers.models import Mention
from havre.links.models import Member
from havre.plumbing.context import acting_as
from tests import make

STORY = "Seen again as @dock_master, by dock@example.com."
EVERYTHING = Station.PIPELINE.context


@pytest.fixture
def sent(db):
    """A report that the harbor's police have, and one like it that they do not have."""
    harbor = make.directory()
    ours, other = make.report(STORY), make.report(STORY)
    make.referral(ours, to=harbor, by=make.analyst())
    return make.officer(harbor), ours, other


def records(rows) -> set:
    return set(rows.order_by().values_list("record", flat=True))


def test_an_agency_sees_the_mentions_of_what_it_was_sent(sent):
    detective, ours, other = sent
    with acting_as(EVERYTHING):
        assert records(Mention.objects.visible_to(detective)) == {ours.pk}
        assert records(Mention.objects.visible_to(make.analyst())) == {ours.pk, other.pk}


def test_the_desk_sees_mentions_and_places_of_its_compartments(sent):
    _, ours, other = sent
    apart = make.report(STORY, compartment=Compartment.TRAFFICKING)
    analyst, elsewhere = make.analyst(), make.analyst(compartments=[Compartment.TRAFFICKING])
    with acting_as(EVERYTHING):
        for model in (Mention, Member):
            assert records(model.objects.visible_to(analyst)) == {ours.pk, other.pk}
            assert records(model.objects.visible_to(elsewhere)) == {apart.pk}


@pytest.mark.usefixtures("db")
def test_the_directory_is_read_again_once_it_is_another():
    make.directory()
    with acting_as(EVERYTHING):
        before = [one.code for one in every_agency()]
    make.agency("shore-police")
    with acting_as(EVERYTHING):
        assert {one.code for one in every_agency()} - {*before} == {"shore-police"}
    with acting_as(EVERYTHING):
        Agency.objects.filter(code="shore-police").update(name_fr="Police du rivage")
    with acting_as(EVERYTHING):
        assert "Police du rivage" in {one.name("fr") for one in every_agency()}

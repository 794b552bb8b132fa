"""The doors beside the first: for young people, parents, whoever is seen in a picture, and duty."""

from datetime import date, timedelta

import pytest
from django.test import Client

from havre.audit.rules import Station
from havre.intake import models
from havre.intake.actions import open_report
from havre.intake.public.duties import duties_on, shipped_duties
from havre.intake.rules.submission import AgeClass, Happening, PersonRole, Submission
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from tests.pages import first_stops, words_on
from tests.walking import Walker

pytestmark = pytest.mark.django_db
LATER = timedelta(seconds=20)
DOORS = {
    "en": {"young": "/en/young", "parent": "/en/parents", "picture": "/en/my-picture",
           "duty": "/en/duty"},
    "fr": {"young": "/fr/jeunes", "parent": "/fr/parents", "picture": "/fr/mon-image",
           "duty": "/fr/devoir"},
}  # fmt: skip


@pytest.fixture(params=["en", "fr"])
def walker(request) -> Walker:
    return Walker(Client(HTTP_HOST="localhost"), request.param)


def begin(walker: Walker, door: str) -> Walker:
    walker.open(DOORS[walker.language][door])
    walker.press("begin", walker.tree.xpath("//main//form/@action")[0])
    return walker


def sent(walker: Walker, **answers: dict[str, str]) -> Submission:
    walker.walk("check", **answers)
    with clock.clock_set_to(clock.now() + LATER):
        walker.press()
    with acting_as(Station.PIPELINE.context):
        report = models.Report.objects.get()
    return open_report(report.reference, by=Station.PIPELINE).submission


@pytest.mark.parametrize("door", ["young", "parent", "picture", "duty"])
def test_a_door_sets_no_cookie_and_sends_nothing_elsewhere(walker, door):
    walker.open(DOORS[walker.language][door])

    assert first_stops(walker.tree) == ["skip", "exit"]
    assert not walker.client.cookies
    assert not walker.tree.xpath("//img | //iframe | //link[contains(@href, '//')]")
    assert not walker.tree.xpath("//input[@type='file']")


def test_a_young_person_is_asked_less_and_told_first_who_will_know(walker):
    begin(walker, "young")
    assert b"686868" in walker.client.get(DOORS[walker.language]["young"]).content
    walker.walk("check", child={"child_age": "14", "region": "QC"})
    known = {"en": "A child-protection worker may call", "fr": "peut t\u2019appeler"}
    assert known[walker.language] in walker.tree.text_content()
    told = sent(walker)

    assert walker.seen == [
        "what",
        "danger", "story", "where", "person", "next", "child", "you", "readers",
    ]  # fmt: skip
    assert told.reporter_is_minor
    (child,) = [one for one in told.people if one.role is PersonRole.VICTIM]
    assert (child.age, child.age_class) == (14, AgeClass.TWELVE_TO_17)
    assert "door:young" in told.incidents[0].annotations


@pytest.mark.parametrize(("readers", "hidden"), [("yes", True), ("unknown", True), ("no", False)])
def test_where_somebody_else_reads_the_phone_the_words_wait_until_asked_for(
    walker, readers, hidden
):
    begin(walker, "young")
    sent(walker, readers={"readers": readers})

    assert len(words_on(walker.tree)) == 8
    assert bool(walker.tree.xpath("//main//details//ol[@class='words-grid']")) is hidden


def test_whoever_is_seen_in_a_picture_gives_addresses_and_never_the_picture(walker):
    begin(walker, "picture")
    where = {
        "where": "Chatterbox",
        "links": "https://example.com/a\nexample.org/b",
        "wanted": "removal",
    }
    told = sent(walker, where=where, child={"child_age": "15", "child_notes": "22"})

    (incident,) = told.incidents
    assert walker.seen[0] == "danger"
    assert incident.happening is Happening.PICTURES
    assert [one.value for one in incident.identifiers] == ["https://example.com/a", "example.org/b"]
    assert ("wanted", "removal") in told.extra
    (child,) = [one for one in told.people if one.role is PersonRole.VICTIM]
    assert (child.age, child.notes) == (15, "22")
    assert not told.reporter_is_minor


def test_a_parent_is_told_first_what_not_to_do(walker):
    text = walker.open(DOORS[walker.language]["parent"]).content.decode()
    assert {"en": "Do not forward pictures", "fr": "N\u2019envoyez pas d\u2019images"}[
        walker.language
    ] in text
    begin(walker, "parent")

    assert "door:parent" in sent(walker).incidents[0].annotations


def test_whoever_must_report_sees_the_law_and_gives_their_work(walker):
    text = walker.open(DOORS[walker.language]["duty"]).content.decode()
    assert {"en": "Youth Protection Act", "fr": "Loi sur la protection de la jeunesse"}[
        walker.language
    ] in text
    begin(walker, "duty")
    told = sent(walker, you={"my_role": "teacher", "my_workplace": "Lakeport School"})

    assert ("my_role", "teacher") in told.extra
    assert ("my_workplace", "Lakeport School") in told.extra


def test_a_new_door_begins_anew_and_keeps_nothing_of_the_draft_before():
    walker = Walker(Client(HTTP_HOST="localhost"))
    walker.walk("where", story={"story": "The first draft."})
    begin(walker, "young")

    assert walker.here == "what"
    walker.walk("check")
    assert "The first draft." not in walker.tree.text_content()


def test_every_region_has_one_law_on_every_day_since_the_last_change():
    names = {duty.region: duty.region for duty in shipped_duties()}

    for day in (date(2017, 1, 1), date(2024, 6, 1), date(2026, 11, 22)):
        rows = duties_on(day, "en", names=names)
        assert len({row.region for row in rows}) == len(rows)
    assert len(rows) == 13
    before, after = (
        {row.region: row.law for row in duties_on(day, "fr", names=names)}
        for day in (date(2018, 4, 29), date(2018, 4, 30))
    )
    assert before["ON"] != after["ON"]

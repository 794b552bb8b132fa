"""A report that was split hides nothing from a second reader, and shows an addressee its own."""

import pytest
from django.db import connection

from havre.audit.rules import Station
from havre.evidence.custody import key_of
from havre.evidence.vault import sealed_exhibit
from havre.intake.actions import open_report
from havre.intake.models import Attachment, Incident
from havre.intake.rules.submission import GivenIdentifier, Happening, Person, PersonRole
from havre.intake.splits.rules import Draft, pieces_of
from havre.plumbing import ids
from havre.plumbing.context import acting_as
from havre.plumbing.keys import keys
from havre.referrals.actions import open_referral, refer_report, return_report
from havre.referrals.models import Referral
from havre.referrals.packages.actions import fetch_package
from havre.referrals.reviewing.actions import open_review
from havre.referrals.rules.outcomes import ReferralStateError
from havre.triage.closing.actions import close_report
from havre.triage.closing.rules import ClosingReason
from havre.triage.models import Closing, QueueItem
from havre.triage.overrides.actions import set_lane
from havre.triage.overrides.rules import OverrideReason
from havre.triage.policies.reads import policy_in_force
from havre.triage.reviews.models import Review
from havre.triage.rules.words import Band
from havre.triage.splitting.actions import split_report
from havre.triage.splitting.models import IncidentScore
from havre.wiring.route import walk
from tests import make
from tests.bundling import a_bundle, steps
from tests.pages import assert_sound
from tests.wires.wire import a_provider

HARMLESS = "Pier sells old pictures of boats in Toronto. I saw an odd page about nets in Winnipeg."
URGENT = "I am 12. Quay asked me to meet him on Saturday at the library in Winnipeg. Boats too."
PIER = Person(
    role=PersonRole.SUSPECT,
    names=("Pier Example",),
    identifiers=(GivenIdentifier(kind="email", value="pier@example.com"),),
)


@pytest.fixture
def harbor(db):
    return make.directory()


@pytest.fixture
def analyst(harbor):
    return make.analyst()


@pytest.fixture(autouse=True)
def drawn_by(monkeypatch):
    """By which numbers, key and rate closings were drawn; none of them is in the sample."""
    asked = []

    def is_drawn(subject, *, key, percent):
        asked.append((subject, key, percent))
        return False

    monkeypatch.setattr("havre.triage.closing.rules.is_drawn", is_drawn)
    return asked


def split(report, *, last, by):
    """Split a report in two: what begins so belongs to the second incident."""
    opened = open_report(report.reference, by=by)
    files = [str(each.pk) for each in opened.exhibits[1:]]
    pieces = pieces_of(opened.submission, exhibits=files)
    to_last = {one.name for one in pieces if one.said.startswith(last) or one.name.endswith(last)}
    to_first = {one.name for one in pieces} - to_last
    drafts = [
        Draft(happening=Happening.OTHER, pieces=frozenset(names)) for names in (to_first, to_last)
    ]
    return split_report(report.reference, drafts, by=by)


def close(report, number, *, by) -> Closing:
    return close_report(
        report.reference,
        reason=ClosingReason.INSUFFICIENT,
        note="Boats.",
        incident=number,
        by=by,
    )


def bands(report, parts) -> tuple[str, list[str]]:
    with acting_as(Station.PIPELINE.context):
        scores = IncidentScore.objects.in_bulk([part.incident_id for part in parts])
        whole = QueueItem.objects.get(report=report)
    return whole.band, [scores[part.incident_id].band for part in parts]


def test_a_harmless_part_of_an_immediate_report_is_read_twice(analyst):
    report = make.report(URGENT, people=(PIER,), danger_now=True)
    parts = split(report, last=("Boats too",), by=analyst)
    whole, (_first, own) = bands(report, parts)
    assert whole == Band.A < own
    assert [part.incident.danger_now for part in parts] == [True, False]

    closing = close(report, 3, by=analyst)

    assert closing.read_twice == ["immediate"]
    assert closing.band == Band.A


def test_a_part_is_read_twice_where_a_person_set_the_lane_or_links_tie_the_whole(analyst):
    report = make.report(HARMLESS, people=())
    parts = split(report, last=("I saw",), by=analyst)
    assert Band.A not in {*bands(report, parts)[1]}
    told = {"reason": OverrideReason.MISSED, "note": "A child is near.", "by": analyst}
    set_lane(report.reference, to=Band.A, **told)
    with acting_as(Station.PIPELINE.context):
        QueueItem.objects.filter(report=report).update(strong_links=1)

    assert set(close(report, 3, by=analyst).read_twice) == {"immediate", "linked"}


def test_the_draw_of_one_incident_foretells_no_other_s(analyst, drawn_by):
    report = make.report(HARMLESS, people=())
    parts = split(report, last=("I saw",), by=analyst)
    for part in parts:
        close(report, part.number, by=analyst)

    key, percent = keys().pepper("closing"), policy_in_force().closing_sample_percent
    assert drawn_by == [(part.incident_id, key, percent) for part in parts]


def test_an_incident_is_tied_by_what_belongs_to_it_alone(analyst):
    make.report("Pier sells boats.", people=(PIER,))
    report = make.report(HARMLESS, people=(PIER,))

    parts = split(report, last=("I saw",), by=analyst)

    with acting_as(Station.PIPELINE.context):
        scores = IncidentScore.objects.in_bulk([part.incident_id for part in parts])
        assert QueueItem.objects.get(report=report).strong_links == 1
    assert [scores[part.incident_id].strong_links for part in parts] == [1, 0]


def test_a_second_reader_reads_the_incident_that_was_referred(harbor, analyst, monkeypatch):
    monkeypatch.setattr("havre.triage.reviews.drawing.is_drawn", lambda *_, **__: True)
    report = make.report(HARMLESS, people=())
    split(report, last=("I saw",), by=analyst)
    refer_report(report, to=harbor, reason="Their nets.", incident=3, by=analyst)
    with acting_as(Station.PIPELINE.context):
        review = Review.objects.get()

    opened = open_review(review.pk, by=make.analyst()).opened

    (told,) = opened.submission.incidents
    assert told.narrative == "[…] I saw an odd page about nets in Winnipeg."


def places(report) -> tuple[object, object]:
    with acting_as(Station.PIPELINE.context):
        item = QueueItem.objects.get(report=report)
    return item.bundle_id, item.behind_id


def test_what_is_split_stands_in_no_bundle_any_more(analyst):
    bundle = a_bundle(a_provider().provider, by=analyst)
    with acting_as(Station.PIPELINE.context):
        report = QueueItem.objects.filter(bundle=bundle)[0].report

    split(report, last=("Case",), by=analyst)

    assert places(report) == (None, None)
    steps(report)
    assert places(report) == (None, None)


def test_what_is_split_stands_behind_no_report_that_says_nearly_the_same(analyst):
    first, second = (make.report(f"{HARMLESS} {URGENT}", people=()) for _ in range(2))
    assert places(second) == (None, first.pk)

    split(second, last=("I saw",), by=analyst)

    assert places(second) == (None, None)
    walk(second.pk)
    assert places(second) == (None, None)


def with_files(report, *, by) -> list[Attachment]:
    """Two files that came with a report."""
    with acting_as(Station.PIPELINE.context):
        key = key_of(report.pk, by=Station.PIPELINE)
        made = []
        for words in (b"boats", b"nets"):
            exhibit = sealed_exhibit([words], record=report.pk, key=key)
            exhibit.save(force_insert=True)
            made.append(Attachment(id=ids.uuid7(), report=report, exhibit=exhibit))
            made[-1].save(force_insert=True)
    return made


def test_an_agency_with_one_part_finds_no_row_of_the_others_nor_of_their_files(harbor, analyst):
    report = make.report(HARMLESS, people=(PIER,))
    boats, nets = (each.exhibit_id for each in with_files(report, by=analyst))
    split(report, last=("I saw", str(nets)), by=analyst)
    refer_report(report, to=harbor, reason="Their shore.", incident=3, by=analyst)
    detective = make.officer(harbor)

    with acting_as(detective.context), connection.cursor() as cursor:
        cursor.execute("SELECT number FROM intake_incident")
        assert cursor.fetchall() == [(3,)]
        cursor.execute("SELECT e.id, e.sha256, e.sealed FROM evidence_exhibit e")
        found = {pk for pk, *_ in cursor.fetchall()}
    assert nets in found
    assert boats not in found
    with acting_as(analyst.context):
        assert Incident.objects.filter(report=report).count() == 3


def test_an_agency_that_has_the_report_whole_finds_every_file_and_incident(harbor, analyst):
    report = make.report(HARMLESS, people=(PIER,))
    files = {each.exhibit_id for each in with_files(report, by=analyst)}
    make.referral(report, to=harbor, by=analyst)

    with acting_as(make.officer(harbor).context), connection.cursor() as cursor:
        cursor.execute("SELECT number FROM intake_incident")
        assert cursor.fetchall() == [(1,)]
        cursor.execute("SELECT id FROM evidence_exhibit")
        assert files < {pk for (pk,) in cursor.fetchall()}


def test_whoever_gave_the_whole_back_and_is_sent_a_part_reads_no_more_than_that(analyst, harbor):
    report = make.report(URGENT, people=(PIER,))
    detective = make.officer(harbor)
    whole = refer_report(report, to=harbor, reason="Their shore.", by=analyst)
    open_referral(whole.reference, by=detective)
    fetch_package(whole.reference, by=detective)
    return_report(whole.reference, note="Not ours.", by=detective)
    walk(report.pk, was_returned=True)
    split(report, last=("people.0", "Boats too"), by=analyst)

    part = refer_report(report, to=harbor, reason="Their shore.", incident=3, by=analyst)

    browser = make.browser(detective)
    ended = browser.get(f"/en/referrals/{whole.reference}").content
    assert_sound(ended)
    assert "Saturday" not in ended.decode()
    listed = browser.get("/en/inbox?state=all").content.decode()
    assert whole.reference in listed
    assert part.reference in listed
    assert "Saturday" not in browser.get(f"/en/referrals/{part.reference}").content.decode()
    for shut in (fetch_package, open_referral):
        with pytest.raises((Referral.DoesNotExist, ReferralStateError)):
            shut(whole.reference, by=detective)
    with acting_as(detective.context):
        assert list(Incident.objects.values_list("number", flat=True)) == [3]

"""A report whose reporter told more stands by itself, and holds up none of those it was like."""

import hashlib
import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from havre.agencies.reads import agency_by_code
from havre.audit.rules import Event, Station
from havre.intake.rules.submission import FileFacts
from havre.plumbing.context import acting_as
from havre.referrals.actions import return_report
from havre.triage.bundles.actions import accept_bundle, pull_out, put_back
from havre.triage.bundles.models import Bundle
from havre.triage.closing.rules import ClosingReason
from havre.wiring.route import walk
from tests import make
from tests.signing_in import lines
from tests.splitting import analyst, harbor, receipt
from tests.told import place, say, tell

__all__ = ["analyst", "harbor", "receipt"]  # fixtures
BOAT = hashlib.sha256(b"the file that went round").hexdigest()
FILE = FileFacts(name="boat.jpg", hashes=(("sha256", BOAT),), classification="B2")
CLOSED = {"en": "1 report was closed.", "fr": "1 signalement a été fermé."}
NONE = {"en": "No report was closed.", "fr": "Aucun signalement"}
APART = {
    "en": "1 report stands by itself now: its reporter told more.",
    "fr": "1 signalement est maintenant seul :",
}
LEFT = {"en": "told more. 1 is left", "fr": "dit plus. Il en reste 1 :"}
TYPED = {"reason": ClosingReason.NO_OFFENCE.value, "note": "Seen."}
FASTER = {"en": "or its reporter told more", "fr": "en a dit plus. Rien"}


@pytest.fixture
def reports(analyst, receipt, monkeypatch):
    """Two that came with one file; of the first the reporter has the receipt."""
    monkeypatch.setattr("havre.triage.bundles.settling.FEWEST", 2)
    told = {"narrative": "The same file again.", "people": (), "files": (FILE,)}
    return [make.report(holder=who, **told) for who in (receipt, make.receipt())]


@pytest.fixture
def bundle(reports, analyst) -> Bundle:
    with acting_as(Station.PIPELINE.context):
        suggested = Bundle.objects.get()
    assert accept_bundle(suggested.pk, by=analyst) == len(reports)
    return suggested


@pytest.fixture
def one_at_once(monkeypatch):
    monkeypatch.setattr("havre.triage.bundles.actions.MOST_AT_ONCE", 1)


def pressed(bundle, door: str, typed: dict, *, by, language: str) -> str:
    with override(language):
        address = reverse(door, kwargs={"bundle_id": bundle.pk})
    return " ".join(make.browser(by).post(address, typed, follow=True).content.decode().split())


def closed_with(bundle) -> list[tuple[int, int, int]]:
    """What the log says of the presses that closed a bundle: closed, set apart, left."""
    said = [entry.details for entry in lines(Event.BUNDLE_CLOSED) if entry.about == str(bundle.pk)]
    return sorted((each["reports"], each["apart"], each["left"]) for each in said)


def taken_out_of(bundle) -> set[str]:
    """Of which reports the log says that they were taken out of a bundle."""
    out = lines(Event.REPORT_PULLED_OUT)
    return {entry.about for entry in out if entry.details["bundle"] == str(bundle.pk)}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_waits_while_all_that_it_was_like_are_closed(
    bundle, reports, analyst, receipt, language
):
    told_more, other = reports
    back, _kept = (
        make.referral(told_more, to=agency_by_code(code), by=analyst)
        for code in ("harbor-police", "valley-police")
    )
    return_report(back.reference, note="Not our shore.", by=make.officer(back.to_agency))
    walk(told_more.pk, was_returned=True)
    assert place(told_more).bundle_id == place(other).bundle_id == bundle.pk
    say(told_more, receipt, "Thank you.")

    page = pressed(bundle, "close_bundle", TYPED, by=analyst, language=language)

    assert CLOSED[language] in page
    assert APART[language] in page
    assert place(other) is None
    assert place(told_more).bundle_id is None
    assert closed_with(bundle) == [(1, 1, 0)]
    assert taken_out_of(bundle) == {str(told_more.pk)}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.usefixtures("one_at_once")
def test_where_the_oldest_all_told_more_the_next_press_goes_on(
    bundle, reports, analyst, receipt, language
):
    told_more, other = reports
    say(told_more, receipt, "Thank you.")

    page = pressed(bundle, "close_bundle", TYPED, by=analyst, language=language)

    assert NONE[language] in page
    assert APART[language] in page
    assert LEFT[language] in page
    assert place(told_more).bundle_id is None
    assert place(other).bundle_id == bundle.pk
    page = pressed(bundle, "close_bundle", TYPED, by=analyst, language=language)
    assert CLOSED[language] in page
    assert APART[language] not in page
    assert place(other) is None
    assert closed_with(bundle) == [(0, 1, 1), (1, 0, 0)]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_alone_or_taken_out_it_is_neither_closed_with_others_nor_put_back_with_them(
    reports, bundle, analyst, receipt, language
):
    told_more, other = reports
    pull_out(bundle.pk, other.reference, by=analyst)
    say(told_more, receipt, "Thank you.")
    page = pressed(bundle, "close_bundle", TYPED, by=analyst, language=language)
    assert NONE[language] in page
    assert APART[language] in page
    assert LEFT[language] not in page
    assert place(told_more).bundle_id is None
    assert closed_with(bundle) == [(0, 1, 0)]
    assert taken_out_of(bundle) == {str(other.pk), str(told_more.pk)}
    page = pressed(bundle, "close_bundle", TYPED, by=analyst, language=language)
    assert FASTER[language] in page
    assert closed_with(bundle) == [(0, 1, 0)], "none stands in it: nothing is done"
    tell(told_more, receipt, "And the boat is blue.")
    assert place(told_more).bundle_id is None
    put_back(bundle.pk, other.reference, by=analyst)
    typed = {"what": "back", "report": told_more.reference}
    page = pressed(bundle, "decide_bundle", typed, by=analyst, language=language)
    assert FASTER[language] in page
    assert place(told_more).bundle_id is None
    assert place(other).bundle_id == bundle.pk


@pytest.mark.parametrize("language", ["en", "fr"])
def test_where_a_form_was_refused_the_links_to_its_reports_lead_to_pages(
    bundle, reports, analyst, monkeypatch, language
):
    monkeypatch.setattr("havre.triage.bundles.reads.ROWS", 1)
    page = pressed(bundle, "close_bundle", {}, by=analyst, language=language)
    with override(language):
        address = reverse("bundle", args=[bundle.pk])
    led = re.findall(r'href="([^"?]*)\?[^"]*(part=apart|part=closed|after=)', page)
    assert [where for where, _ in led] == [address] * 3
    assert 'href="?' not in page

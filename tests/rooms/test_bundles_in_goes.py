"""A bundle of more reports than one press decides: what the page says, and how one goes on."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.plumbing.context import acting_as
from havre.triage.bundles.actions import close_bundle, read_bundle
from havre.triage.bundles.models import Bundle
from havre.triage.closing.rules import ClosingReason
from havre.triage.models import Closing
from tests import make
from tests.bundling import empty
from tests.pages import assert_sound
from tests.wires.wire import a_provider

AT_ONCE = 2
NOTE = "Empty forms, all of them."
TYPED = {"reason": ClosingReason.INSUFFICIENT.value, "note": NOTE}
BUTTON = {"en": "Close the 2 oldest", "fr": "Fermer les 2 plus anciens"}
ALL = {"en": "Close all of them", "fr": "Les fermer tous"}
HINT = {"en": "5 stand here, and 2 are closed", "fr": "Il y en a 5 ici, et 2 sont fermés"}
LEFT = {"en": "3 are left: do it once more.", "fr": "Il en reste 3 : recommencez."}
REOPEN = {"en": "Open 2 of 4 again", "fr": "En rouvrir 2 sur 4"}


@pytest.fixture
def analyst(db, monkeypatch):
    monkeypatch.setattr("havre.triage.bundles.settling.FEWEST", 5)
    monkeypatch.setattr("havre.triage.bundles.actions.MOST_AT_ONCE", AT_ONCE)
    make.directory()
    return make.analyst()


@pytest.fixture
def bundle(analyst) -> Bundle:
    provider = a_provider("pier-chat").provider
    for _ in range(5):
        empty(provider)
    with acting_as(Station.PIPELINE.context):
        return Bundle.objects.get()


def address(bundle, door: str, language: str) -> str:
    with override(language):
        return reverse(door, args=[bundle.pk])


def words(answer) -> str:
    return " ".join(assert_sound(answer.content).text_content().split())


def form_of(answer) -> tuple[str, str]:
    """The reason and the words that stand in the form."""
    tree = assert_sound(answer.content)
    (note,) = tree.xpath("//textarea[@name='note']")
    chosen = tree.xpath("//select[@name='reason']/option[@selected]/@value")
    return chosen[0] if chosen else "", (note.text or "").strip()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_who_closes_in_several_goes_types_once(bundle, analyst, language):
    browser = make.browser(analyst)
    page = browser.get(address(bundle, "bundle", language))
    assert HINT[language] in words(page)
    assert BUTTON[language] in words(page)
    assert ALL[language] not in words(page)
    assert form_of(page) == ("", "")

    closing = address(bundle, "close_bundle", language)
    page = browser.post(closing, TYPED, follow=True)
    assert LEFT[language] in words(page)
    assert BUTTON[language] in words(page)
    assert form_of(page) == (TYPED["reason"], NOTE)
    page = browser.post(closing, dict(zip(TYPED, form_of(page), strict=True)), follow=True)
    assert REOPEN[language] in words(page)
    assert ALL[language] in words(page), "one is left: no more than one press closes"
    page = browser.post(closing, dict(zip(TYPED, form_of(page), strict=True)), follow=True)
    assert page.redirect_chain[-1][0] == address(bundle, "bundle", language)
    with acting_as(Station.PIPELINE.context):
        assert Closing.objects.filter(reason=TYPED["reason"]).count() == 5


def test_words_come_back_to_whoever_wrote_them_and_only_to_go_on(bundle, analyst):
    close_bundle(bundle.pk, reason=ClosingReason.INSUFFICIENT, note=NOTE, by=analyst)
    assert read_bundle(bundle.pk, by=analyst).said is None
    assert read_bundle(bundle.pk, more="1", by=analyst).said.note == NOTE
    with acting_as(Station.PIPELINE.context):
        last = Closing.objects.order_by("id").last()
        entry = Entry.objects.filter(event=Event.BUNDLE_READ).order_by("id").last()
    assert entry.details["note_of"] == str(last.report_id)
    assert read_bundle(bundle.pk, more="1", by=make.analyst()).said is None

"""What agencies, interpreters and the reporter learn of words that came after a referral."""

import io
import json
import secrets
import zipfile

import pytest
from django.db import connection
from django.test import Client

from havre.audit.rules import Station
from havre.identifiers.reads import token_of
from havre.identifiers.rules.submissions import find_in_submission, find_told_later
from havre.identifiers.rules.words import Kind
from havre.intake.form_tokens import holder_of
from havre.intake.later.rules import KeptBecause
from havre.intake.models import Message
from havre.intake.rules.receipts import words_of as words_in
from havre.intake.rules.submission import Happening, PersonRole
from havre.intake.splits.reads import words_to_place
from havre.intake.splits.rules import Draft
from havre.plumbing.context import acting_as
from havre.referrals.actions import accept_referral, open_referral, record_outcome, return_report
from havre.referrals.later.actions import keep_words_back, pass_words_on, warn_of_words
from havre.referrals.models import Referral
from havre.referrals.packages.actions import fetch_package
from havre.referrals.rules.outcomes import Disposition
from havre.triage.interpreting.actions import write_translation
from havre.triage.interpreting.rules import Translated
from havre.triage.splitting.actions import read_split, split_report
from havre.wiring.jobs import tell_who_has_it
from havre.wiring.route import walk
from tests import make
from tests.pages import assert_sound
from tests.splitting import analyst, harbor, receipt
from tests.told import CALM, again, detective, news_of, place, referral, report, say, tell, words_of

__all__ = ["analyst", "detective", "harbor", "receipt", "referral", "report"]  # fixtures
FOREIGN = "Він пише мені щодня. Хоче побачитися біля пристані."


def warn(report) -> list[Referral]:
    return warn_of_words(report.pk, by=Station.PIPELINE)


def pass_on(report, *, by) -> None:
    pass_words_on(report.reference, messages=words_of(report, by=by), by=by)


def test_a_referral_that_is_refused_gives_nobody_the_words_that_would_have_gone_along(
    report, referral, analyst, receipt, harbor
):
    tell(report, receipt)
    (word,), before = words_of(report, by=analyst), again(referral)
    typed = {"to": harbor.code, "incident": "1", "reason": "Their shore.", "words": [str(word)]}
    make.browser(analyst).post(f"/en/reports/{report.reference}/refer", typed)
    with acting_as(Station.PIPELINE.context):
        assert Message.objects.get(pk=word).parts is None
    assert again(referral).band == before.band
    assert "referral.added-to" not in news_of(referral)
    assert place(report) is not None


def test_nobody_reads_a_word_or_an_identifier_of_it_before_it_is_passed_on(
    report, referral, analyst, receipt, detective
):
    first = fetch_package(referral.reference, by=detective)
    tell(report, receipt)

    def seen(officer) -> tuple[int, int]:
        with acting_as(officer.context), connection.cursor() as cursor:
            token = token_of(Kind.EMAIL, "second.quay@example.com")
            cursor.execute("SELECT count(*) FROM identifiers_mention WHERE token = %s", [token])
            return Message.objects.count(), cursor.fetchone()[0]

    assert seen(analyst) == (1, 1), "the desk's rules know it at once"
    assert seen(detective) == (0, 0)
    assert fetch_package(referral.reference, by=detective) == first

    pass_on(report, by=analyst)

    stranger = make.officer(make.agency("valley-police"))
    assert seen(detective) == (1, 1)
    assert seen(stranger) == (0, 0)
    packed = zipfile.ZipFile(io.BytesIO(fetch_package(referral.reference, by=detective)))
    police = json.loads(packed.read("police.json"))
    told = json.dumps(police["reportedInformation"]["additionalInformations"])
    assert "second.quay@example.com" in told
    assert fetch_package(referral.reference, number=1, by=detective) == first
    gone = make.browser(stranger).get(f"/en/referrals/{referral.reference}")
    assert gone.status_code == 404


def test_what_the_reporter_says_of_themselves_stays_with_the_tipline(
    report, referral, analyst, receipt, detective
):
    tell(report, receipt, "He calls me now, my phone number is 204-555-0142.")
    pass_on(report, by=analyst)
    page = make.browser(detective).get(f"/en/referrals/{referral.reference}").content.decode()
    packed = zipfile.ZipFile(io.BytesIO(fetch_package(referral.reference, by=detective)))
    assert "He calls me now" in page
    for told in (page, packed.read("police.json").decode(), packed.read("case.jsonld").decode()):
        assert "204-555-0142" not in told


def test_later_words_change_nothing_of_what_is_known_and_name_their_own():
    told = make.submission("He is quay@example.com.", people=())
    known = find_in_submission(told)
    words = {"message.1": "My e-mail is robin@example.com, his is quay@example.com."}
    found = find_told_later(told, known, words)
    assert {(one.value, one.field) for one in found} == {("robin@example.com", "message.1")}
    assert found[0].role is PersonRole.REPORTER
    assert find_told_later(told, known, {}) == ()


def test_words_that_bear_no_waiting_tell_the_agency_at_once_and_nothing_of_what_they_say(
    report, referral, analyst, receipt, detective
):
    accept_referral(referral.reference, by=detective)
    open_referral(referral.reference, by=detective)
    tell(report, receipt, "Thank you.")
    assert warn(report) == []
    tell(report, receipt)
    (told,) = warn(report)
    assert warn(report) == [], "once for each word"
    assert told.reference == referral.reference
    assert news_of(referral)[-1] == "words.came"
    browser = make.browser(detective)
    inbox = browser.get("/en/inbox").content.decode()
    assert "its reporter told more" in inbox
    page = browser.get(f"/en/referrals/{referral.reference}").content
    assert_sound(page)
    assert "The tipline reads it now" in page.decode()
    assert "second.quay" not in page.decode() + inbox

    pass_on(report, by=analyst)

    inbox = browser.get("/en/inbox").content
    assert_sound(inbox)
    assert "more was added" in inbox.decode()
    assert "its reporter told more" not in inbox.decode()
    page = browser.get(f"/en/referrals/{referral.reference}").content.decode()
    assert "The tipline reads it now" not in page
    assert "second.quay" in page
    assert "Told later" in page


def test_kept_back_the_warning_stands_no_longer(report, referral, analyst, receipt):
    tell(report, receipt)
    warn(report)
    words = words_of(report, by=analyst)
    keep_words_back(report.reference, messages=words, because=KeptBecause.NOTHING_NEW, by=analyst)
    assert again(referral).warned_at is None


def test_a_referral_rises_to_the_lane_of_its_report_and_its_clock_comes_nearer(
    report, referral, analyst, receipt, detective
):
    before = again(referral)
    assert before.band > "A"
    tell(report, receipt, "Thank you.")
    pass_on(report, by=analyst)
    assert (again(referral).band, again(referral).answer_by) == (before.band, before.answer_by)
    tell(report, receipt)
    (word,) = words_of(report, by=analyst)[1:]
    pass_words_on(report.reference, messages=[word], by=analyst)
    now = again(referral)
    assert now.band == "A"
    assert now.answer_by < before.answer_by
    assert now.rule == "meeting-soon"


def test_a_referral_that_was_closed_shows_what_came_in_the_inbox_until_it_is_read(
    report, referral, analyst, receipt, detective
):
    accept_referral(referral.reference, by=detective)
    record_outcome(referral.reference, disposition=Disposition.UNFOUNDED, by=detective)
    open_referral(referral.reference, by=detective)
    browser = make.browser(detective)
    assert referral.reference not in browser.get("/en/inbox").content.decode()
    tell(report, receipt)
    desk = make.browser(analyst).get(f"/en/reports/{report.reference}").content.decode()
    assert "no clock of theirs runs" in desk
    pass_on(report, by=analyst)
    assert referral.reference in browser.get("/en/inbox").content.decode()
    browser.get(f"/en/referrals/{referral.reference}")
    assert referral.reference not in browser.get("/en/inbox").content.decode()


def test_a_translation_of_a_word_goes_where_the_word_went_and_is_ranked_before(
    report, referral, analyst, receipt, detective
):
    tell(report, receipt, FOREIGN)
    assert place(report) is not None
    told = Translated(text="He wants to meet me tonight, ask anna@example.com.", who="No. 214")
    languages = {"from_language": "uk", "to_language": "en"}
    write_translation(report.reference, told=told, by=analyst, **languages)
    walk(report.pk)
    assert place(report).band == "A"
    before = news_of(referral)
    tell_who_has_it(report=str(report.pk))
    assert news_of(referral) == before
    opened = open_referral(referral.reference, by=detective)
    assert opened.translations == ()
    page = make.browser(detective).get(f"/en/referrals/{referral.reference}").content.decode()
    assert "anna@example.com" not in page

    pass_on(report, by=analyst)

    assert len(open_referral(referral.reference, by=detective).translations) == 1


SAID = {  # waits, was passed on, was read
    "en": ("It was not passed on yet.", "We passed this on to the service", "A person read this"),
    "fr": ("pas encore transmis.", "avons transmis au service", "Une personne l"),
}


@pytest.mark.parametrize(("language", "address"), [("en", "/en/come-back"), ("fr", "/fr/revenir")])
def test_the_reporter_reads_what_became_of_each_word(analyst, harbor, language, address):
    waits, given, read = SAID[language]
    secret = secrets.token_bytes(10)
    holder = holder_of(secret)
    report = make.report(CALM, holder=holder)
    make.referral(report, to=harbor, by=analyst)

    def page() -> str:
        words = {"words": " ".join(words_in(secret, language=language))}
        answer = Client(headers={"sec-fetch-site": "same-origin"}).post(address, words)
        assert_sound(answer.content)
        return answer.content.decode()

    say(report, holder, "One.")
    assert waits in page()
    pass_on(report, by=analyst)
    assert waits not in page()
    assert given in page()
    assert read not in page()
    say(report, holder, "Two.")
    second = words_of(report, by=analyst)[1:]
    keep_words_back(report.reference, messages=second, because=KeptBecause.NOTHING_NEW, by=analyst)
    assert read in page()


def test_split_after_it_came_back_its_words_wait_for_their_incidents(
    report, referral, analyst, receipt, detective
):
    tell(report, receipt, "Somebody else, Pier, wrote too.")
    pass_on(report, by=analyst)
    return_report(referral.reference, note="Not ours.", by=detective)
    walk(report.pk, was_returned=True)

    names = frozenset(piece.name for piece in read_split(report.reference, by=analyst).pieces)
    assert not [name for name in names if name.startswith("message.")]
    draft = Draft(happening=Happening.OTHER, pieces=names)
    split_report(report.reference, [draft, draft], by=analyst)

    with acting_as(Station.PIPELINE.context):
        assert len(words_to_place(report.pk, actor=Station.PIPELINE)) == 1

"""Notices to agencies: that something waits, and nothing of what; once in a while, and recorded."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from havre.agencies.models import Agency, Officer
from havre.agencies.reads import agency_by_code
from havre.agencies.rules.permits import Role
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.plumbing.clock import clock_set_to
from havre.plumbing.context import acting_as
from havre.referrals.actions import open_referral
from havre.referrals.inbox.actions import answer_question, ask_tipline, raise_alarm
from havre.referrals.inbox.reads import alarms_to_raise
from havre.referrals.notices.actions import (
    NowhereError,
    TooSoonError,
    forget_news,
    set_notices,
    write_test,
)
from havre.referrals.notices.letters import languages_of
from havre.referrals.notices.models import Bell, News, Notice
from havre.referrals.notices.reads import is_failing
from havre.referrals.notices.rules import (
    APART,
    GATHER,
    KEPT,
    RETRIES,
    NewsKind,
    NoticeState,
    Piece,
    is_time,
    is_worth_a_notice,
    next_try,
)
from havre.referrals.rules.sending import Ending
from havre.referrals.sending.actions import (
    add_to_referral,
    cancel_referral,
    supplement_referral,
    undo_referral,
)
from havre.triage.paging.rules.ways import Way
from havre.wiring.sweeps.notices import send_notices
from tests import make
from tests.house.callers import undone
from tests.on_duty import Post
from tests.pages import assert_sound

NOW = datetime(2026, 11, 29, 17, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WORK = Station.PIPELINE.context


@dataclass
class Harbor:
    """A police force that wants notices, its people, and the desk."""

    agency: Agency
    detective: Officer
    supervisor: Officer
    analyst: Officer
    mail: Post = field(default_factory=Post)

    def sent(self, story: str = make.NARRATIVE, *, at: datetime = NOW, to: Agency | None = None):
        with clock_set_to(at):
            return make.referral(make.report(story), to=to or self.agency, by=self.analyst)

    def mailed(self, at: datetime) -> list[str]:
        """Let the jobs run at a moment; gives who got mail."""
        with clock_set_to(at):
            send_notices({Way.EMAIL: self.mail})
        return self.mail.to()


@pytest.fixture(scope="module")
def built(lasting_block) -> Harbor:
    """Built once, in a transaction that all these tests share and that is rolled back."""
    agency = make.directory()
    supervisor = make.officer(agency, Role.AGENCY_SUPERVISOR)
    with clock_set_to(NOW - MINUTE):
        set_notices(email="harbor@example.com", is_on=True, by=supervisor)
    return Harbor(agency, make.officer(agency), supervisor, make.analyst())


@pytest.fixture
def harbor(built) -> Iterator[Harbor]:
    with undone():
        built.mail = Post()
        yield built


def kinds() -> list[str]:
    with acting_as(WORK):
        return list(News.objects.values_list("kind", flat=True))


def notices() -> list[Notice]:
    with acting_as(WORK):
        return list(Notice.objects.order_by("id"))


# ------------------------------------------------------------------ when, and when not


def test_an_agency_hears_that_something_waits_and_nothing_of_what(harbor):
    referral = harbor.sent()
    with clock_set_to(NOW + GATHER):
        send_notices({Way.EMAIL: harbor.mail})

    (letter,) = harbor.mail.letters
    assert letter.to == "harbor@example.com"
    assert letter.text == (
        "Something waits in your inbox.\nSign in: http://localhost:8000/en/inbox\n\n"
        "Quelque chose vous attend dans votre boîte.\n"
        "Ouvrez une session\u00a0: http://localhost:8000/fr/reception"
    )
    for said in (letter.subject, letter.text):
        assert referral.reference not in said
        assert not any(character.isdigit() for character in said.replace("8000", ""))
    assert letter.references == ()


def test_what_comes_meanwhile_goes_into_one_notice_and_they_stand_apart(harbor):
    for second in range(0, 50, 10):
        harbor.sent("I saw boats.", at=NOW + timedelta(seconds=second))

    assert harbor.mailed(NOW + GATHER / 2) == [], "it waits for more"
    assert harbor.mailed(NOW + GATHER) == ["harbor"]
    harbor.sent("I saw boats.", at=NOW + 2 * GATHER)
    assert harbor.mailed(NOW + GATHER + APART - MINUTE) == []
    assert harbor.mailed(NOW + GATHER + APART) == ["harbor"]
    assert harbor.mailed(NOW + timedelta(hours=9)) == []
    assert [notice.news for notice in notices()] == [5, 1]


def test_each_thing_that_an_agency_should_hear_of_is_news_to_it(harbor):
    referral = harbor.sent()
    with clock_set_to(NOW):
        open_referral(referral.reference, by=harbor.detective)
        ask_tipline(referral.reference, text="Which library?", by=harbor.detective)
        answer_question(referral.reference, text="The one by the river.", by=harbor.analyst)
        add_to_referral(referral.reference, text="It was at noon.", by=harbor.analyst)
        other = make.report()
        why = "The same person."
        supplement_referral(other, earlier=referral.reference, reason=why, by=harbor.analyst)
    with clock_set_to(referral.answer_by + MINUTE):
        with acting_as(WORK):
            due = alarms_to_raise(actor=Station.PIPELINE)
        for each in due:
            if each.referral.pk == referral.pk:
                raise_alarm(each, by=Station.PIPELINE)
                raise_alarm(each, by=Station.PIPELINE)
        cancel_referral(referral.reference, because=Ending.MISTAKE, by=harbor.analyst)

    assert kinds() == [
        NewsKind.SENT,
        NewsKind.ANSWERED,
        NewsKind.ADDED,
        NewsKind.SENT,
        NewsKind.ADDED,
        NewsKind.REMINDER,
        NewsKind.BREACHED,
        NewsKind.CANCELLED,
    ]


def test_what_was_read_or_taken_back_before_the_notice_needs_none(harbor):
    read, undone_one = harbor.sent(), harbor.sent()
    with clock_set_to(NOW):
        open_referral(read.reference, by=harbor.detective)
        undo_referral(undone_one.reference, by=harbor.analyst)

    assert harbor.mailed(NOW + GATHER) == []
    assert notices() == []
    with acting_as(WORK):
        assert not News.objects.unsettled().exists()


def test_a_clock_that_runs_out_is_told_of_though_the_referral_was_read(harbor):
    referral = harbor.sent()
    with clock_set_to(NOW):
        open_referral(referral.reference, by=harbor.detective)
    harbor.mailed(NOW + GATHER)
    with clock_set_to(referral.answer_by - MINUTE):
        with acting_as(WORK):
            due = alarms_to_raise(actor=Station.PIPELINE)
        for each in due:
            raise_alarm(each, by=Station.PIPELINE)

    assert harbor.mailed(referral.answer_by) == ["harbor"]


def test_no_agency_hears_of_another_s_and_none_that_wants_no_notices(harbor):
    harbor.sent(to=agency_by_code("valley-police"))

    assert harbor.mailed(NOW + GATHER) == []
    with clock_set_to(NOW):
        set_notices(email="harbor@example.com", is_on=False, by=harbor.supervisor)
    harbor.sent()
    assert harbor.mailed(NOW + GATHER) == []
    with clock_set_to(NOW + 2 * GATHER):
        set_notices(email="harbor@example.com", is_on=True, by=harbor.supervisor)
    assert harbor.mailed(NOW + 9 * GATHER) == [], "what was before is told of no more"


def test_the_rules_of_time_and_worth():
    piece = Piece(kind=NewsKind.SENT, at=NOW, band="C", is_standing=True, is_unread=True)
    urgent = Piece(kind=NewsKind.SENT, at=NOW, band="A", is_standing=True, is_unread=True)
    assert [is_time([one], last=None, now=NOW) for one in (piece, urgent)] == [False, True]
    assert not is_time([urgent], last=NOW, now=NOW + MINUTE)
    assert not is_time([], last=None, now=NOW)
    assert is_worth_a_notice(piece, since=NOW)
    assert not is_worth_a_notice(piece, since=None)
    assert not is_worth_a_notice(piece, since=NOW + MINUTE)
    assert [next_try(tries) for tries in range(1, len(RETRIES) + 2)] == [*RETRIES, None]
    assert languages_of(["fr"]) == languages_of(["iu", "fr", "en"]) == ["fr", "en"]
    assert languages_of([]) == ["en", "fr"]


# ------------------------------------------------------------------ what fails


def test_a_notice_that_fails_is_tried_again_given_up_and_seen_by_the_supervisor(harbor):
    harbor.sent()
    harbor.mail.fails_as = "TimeoutError"
    moment = NOW + GATHER
    for wait in RETRIES:
        harbor.mailed(moment)
        assert notices()[0].state is NoticeState.FAILED
        moment += wait
    harbor.sent(at=moment - MINUTE)
    harbor.mailed(moment)

    (notice,) = notices()
    assert (notice.state, notice.failed_as) == (NoticeState.GIVEN_UP, "TimeoutError")
    assert notice.news == 2, "news that comes meanwhile is told of by the notice that waits"
    with acting_as(harbor.supervisor.context):
        assert is_failing(harbor.supervisor)
    browser = make.browser(harbor.supervisor)
    for address, said in (("/en/inbox", "did not go out"), ("/fr/avis-aux-organismes", "abandon")):
        page = browser.get(address).content
        assert said in assert_sound(page).text_content()
    assert "did not go out" not in make.browser(harbor.detective).get("/en/inbox").content.decode()

    harbor.mail.fails_as = ""
    harbor.sent(at=moment)
    assert harbor.mailed(moment + APART) == ["harbor"]
    with acting_as(harbor.supervisor.context):
        assert not is_failing(harbor.supervisor)


def test_every_sending_stands_in_the_log_without_the_address(harbor):
    harbor.sent()
    harbor.mailed(NOW + GATHER)

    with acting_as(WORK):
        told = Entry.objects.filter(event__startswith="notice.")
        lines = [(line.event, line.about, line.details) for line in told.order_by("id")]
    assert [event for event, _about, _ in lines] == [Event.NOTICE_WRITTEN, Event.NOTICE_SENT]
    assert {about for _event, about, _ in lines} == {str(harbor.agency.pk)}
    assert "example.com" not in str(lines)


# ------------------------------------------------------------------ the page


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_supervisor_sets_where_notices_go_and_sends_a_test(harbor, language):
    browser = make.browser(harbor.supervisor)
    at = {"en": "/en/notices", "fr": "/fr/avis-aux-organismes"}[language]
    wrong = browser.post(at, {"email": "", "is_on": "on"})
    assert wrong.status_code == 422
    assert_sound(wrong.content)
    assert "field wrong" in wrong.content.decode()
    browser.post(at, {"email": "pier@example.com", "is_on": "on"})
    test = {"en": "/en/notices/test", "fr": "/fr/avis-aux-organismes/essai"}[language]
    browser.post(test)
    with acting_as(WORK):
        (bell,) = Bell.objects.all()
        (notice,) = Notice.objects.all()
    assert (bell.email, bell.is_on, notice.is_test) == ("pier@example.com", True, True)

    send_notices({Way.EMAIL: harbor.mail})
    assert "test" in harbor.mail.letters[0].text
    again = browser.post(test, follow=True).content.decode()
    assert {"en": "Wait a minute", "fr": "Attendez une minute"}[language] in again
    assert make.browser(harbor.detective).get(at).status_code == 404


def test_a_test_needs_an_address_and_is_not_tried_again(harbor):
    with clock_set_to(NOW):
        set_notices(email="", is_on=False, by=harbor.supervisor)
        with pytest.raises(NowhereError):
            write_test(by=harbor.supervisor)
        set_notices(email="harbor@example.com", is_on=False, by=harbor.supervisor)
        write_test(by=harbor.supervisor)
        with pytest.raises(TooSoonError):
            write_test(by=harbor.supervisor)
    harbor.mail.fails_as = "no-way"
    harbor.mailed(NOW)
    assert notices()[0].state is NoticeState.GIVEN_UP
    with acting_as(harbor.supervisor.context):
        assert not is_failing(harbor.supervisor), "a test is no notice"


def test_old_news_is_forgotten(harbor):
    harbor.sent()
    harbor.mailed(NOW + GATHER)
    with clock_set_to(NOW + KEPT):
        assert forget_news(by=Station.PIPELINE) == 0
    with clock_set_to(NOW + KEPT + 2 * GATHER):
        assert forget_news(by=Station.PIPELINE) == 2
    assert (kinds(), notices()) == ([], [])


def test_by_itself_a_notice_is_kept_in_the_folder_of_this_house(harbor, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    harbor.sent()
    with clock_set_to(NOW + GATHER):
        send_notices()

    (kept,) = Path(tmp_path).iterdir()
    assert "To: harbor@example.com" in kept.read_text()
    assert notices()[0].state is NoticeState.SENT

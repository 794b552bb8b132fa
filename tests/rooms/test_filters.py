"""Filters of the queue under a name: one's own and the desk's, and the one that it begins with."""

import pytest
from django.db import ProgrammingError, connection, transaction

from havre.agencies.rules.permits import Role
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.plumbing.context import acting_as
from havre.triage.filters import rules
from havre.triage.filters.actions import begin_with, delete_filter, rename_filter, save_filter
from havre.triage.filters.models import SavedFilter, Start
from havre.triage.filters.reads import kept_filters, start_of
from havre.triage.filters.rules import NameTakenError, NothingKeptError, TooManyError, kept_of
from tests import make

MAIL = {"lane": "", "channel": "mail", "spoken": "", "after": "3_1_2_a"}


def test_of_a_choice_the_place_in_the_list_is_not_kept():
    assert kept_of(MAIL) == {"lane": "", "channel": "mail", "spoken": ""}
    with pytest.raises(NothingKeptError):
        kept_of({"after": "3_1_2_a"})


@pytest.fixture
def analyst(db):
    make.directory()
    return make.analyst()


@pytest.fixture
def supervisor(analyst):
    return make.officer(analyst.agency, Role.SUPERVISOR)


def names(officer) -> list[str]:
    with acting_as(officer.context):
        return [one.filter.name for one in kept_filters(actor=officer)]


def test_one_s_own_is_nobody_else_s_and_the_desk_s_is_for_all(analyst, supervisor):
    own = save_filter("Letters", asked=MAIL, is_shared=True, by=analyst)
    desk = save_filter("Letters", asked=MAIL, is_shared=True, by=supervisor)
    assert (own.is_shared, desk.is_shared) == (False, True)
    assert names(analyst) == ["Letters", "Letters"]
    assert names(supervisor) == ["Letters"]
    with pytest.raises(NameTakenError):
        save_filter("Letters", asked=MAIL, by=analyst)
    other = make.officer(make.agency("valley-police"), Role.DETECTIVE)
    for officer, seen in ((analyst, 2), (supervisor, 1), (other, 0)):
        with acting_as(officer.context), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM filters_savedfilter")
            assert cursor.fetchone() == (seen,)
    assert not SavedFilter.objects.visible_to(other).exists()
    with (
        acting_as(supervisor.context),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        Start(officer=analyst, filter=desk).save(force_insert=True)
    # What the desk shares, its supervisors change.
    for change in (rename_filter, delete_filter):
        more = {"name": "Post"} if change is rename_filter else {}
        with pytest.raises(SavedFilter.DoesNotExist):
            change(desk.pk, **more, by=analyst)
        with pytest.raises(SavedFilter.DoesNotExist):
            change(own.pk, **more, by=supervisor)
    assert rename_filter(desk.pk, name="Post", by=supervisor).name == "Post"
    assert names(analyst) == ["Letters", "Post"]
    # Whoever began with it begins with everything again.
    assert begin_with(desk.pk, by=analyst)
    with acting_as(analyst.context):
        assert start_of(kept_filters(actor=analyst)) == desk
    delete_filter(desk.pk, by=supervisor)
    with acting_as(analyst.context):
        assert start_of(kept_filters(actor=analyst)) is None
    with acting_as(Station.PIPELINE.context):
        told = Entry.objects.filter(event__in=[Event.FILTER_SAVED, Event.FILTER_DELETED])
        assert told.count() == 3
        assert not any("Letters" in str(one.details) for one in told)


def test_there_is_room_for_so_many(analyst, monkeypatch):
    monkeypatch.setattr("havre.triage.filters.actions.MOST_KEPT", 1)
    assert rules.MOST_KEPT > 1
    save_filter("Letters", asked=MAIL, by=analyst)
    with pytest.raises(TooManyError):
        save_filter("Post", asked=MAIL, by=analyst)


def test_a_filter_is_kept_begun_with_renamed_and_deleted_in_the_queue(analyst):
    make.report("He writes every day.")
    browser = make.browser(analyst)
    narrowed = browser.get("/en/queue?channel=mail").content.decode()
    assert "Save this filter" in narrowed
    assert "For everybody at this desk" not in narrowed
    assert "Save this filter" not in browser.get("/en/queue").content.decode()
    form = {"name": "Letters", "channel": "mail"}
    kept = browser.post("/en/queue/filters/save", form, follow=True)
    assert kept.request["QUERY_STRING"] == "channel=mail"
    assert "The filter “Letters” is kept." in kept.content.decode()
    for wrong, said in (
        (form, "There is a filter of this name."),
        ({"name": "All"}, "Choose a lane, a way or a language"),
        ({"channel": "mail"}, "Give the filter a name."),
    ):
        answer = browser.post("/en/queue/filters/save", wrong)
        assert answer.status_code == 422
        assert said in answer.content.decode()
    with acting_as(analyst.context):
        one = kept_filters(actor=analyst)[0].filter
    page = f"/en/queue/filters/{one.pk}"
    begun = browser.post(f"{page}/start", follow=True).content.decode()
    assert "Your queue begins with it. The counts still show all." in begun
    start = browser.get("/en/queue").content.decode()
    assert "Your queue begins with the filter “Letters”." in start
    assert "No report waits under this choice." in start
    assert "1 waiting" in start
    assert "No report waits" not in browser.get("/en/queue?lane=").content.decode()
    assert browser.post(f"{page}/rename", {"name": ""}).status_code == 422
    renamed = browser.post(f"{page}/rename", {"name": "Post"}, follow=True).content.decode()
    assert "The filter is called “Post” now." in renamed
    ended = browser.post(f"{page}/start", follow=True).content.decode()
    assert "Your queue begins with everything again." in ended
    gone = browser.post(f"{page}/delete", follow=True).content.decode()
    assert "The filter “Post” is deleted." in gone
    assert "Nothing is kept yet." in gone

"""What the reporter of a split report tells later: never lost, put by a person, to each its own."""

import io
import json
import zipfile

import pytest
from django.db import connection

from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.intake.actions import open_report
from havre.intake.models import Message
from havre.intake.rules.submission import Happening
from havre.intake.splits.models import Part
from havre.intake.splits.rules import Draft, UnknownPieceError, pieces_of
from havre.plumbing.context import acting_as
from havre.referrals.actions import (
    accept_referral,
    open_referral,
    record_outcome,
    return_report,
)
from havre.referrals.models import Referral
from havre.referrals.notices.models import News
from havre.referrals.packages.actions import fetch_package
from havre.referrals.rules.outcomes import Disposition, ReferralState
from havre.referrals.rules.sending import WholeBecause
from havre.referrals.splitting.actions import read_split
from havre.triage.actions import claim_report
from havre.triage.closing.actions import close_report
from havre.triage.closing.rules import ClosingReason
from havre.triage.splitting.actions import merge_report, split_report
from havre.triage.splitting.placing import ANEW
from havre.triage.splitting.rules import NothingToPlaceError, NotWaitingError
from tests import make
from tests.pages import assert_sound
from tests.splitting import (
    STORY,
    analyst,
    go_on,
    harbor,
    passages,
    place,
    put,
    receipt,
    report,
    send,
    tell,
    to_place,
    valley,
)

__all__ = ["analyst", "harbor", "receipt", "report", "valley"]  # fixtures


def news_of(referral) -> list[str]:
    with acting_as(Station.PIPELINE.context):
        return [one.kind for one in News.objects.filter(referral=referral)]


def put_both(report, *, by) -> list[Referral]:
    names = passages(report, by=by)
    return put(report, {names["Quay"]: {2}, names["Pier"]: {3}}, by=by)


def test_what_is_told_after_both_incidents_went_out_waits_for_a_person_again(
    report, analyst, receipt, harbor, valley
):
    send(report, 2, harbor, by=analyst)
    send(report, 3, valley, by=analyst)
    assert place(report) is None

    tell(report, receipt)

    assert place(report) is not None
    assert to_place(report) == 1
    desk, here = make.browser(analyst), f"/en/reports/{report.reference}"
    page = desk.get(here).content
    assert_sound(page)
    assert "1 message belongs to no incident yet" in " ".join(page.decode().split())
    assert "told more: belongs to no incident yet" in desk.get("/en/queue").content.decode()

    names = passages(report, by=analyst)
    assert set(names) == {"Quay", "Pier", "I"}
    put(report, {names["Quay"]: {2}}, by=analyst)

    go_on(report)
    assert to_place(report) == 0
    assert place(report) is None
    assert "told more" not in desk.get("/en/queue").content.decode()


def test_whoever_sent_an_incident_back_is_told_of_nothing_that_comes_later(
    report, analyst, receipt, harbor, valley
):
    ours, theirs = send(report, 2, harbor, by=analyst), send(report, 3, valley, by=analyst)
    return_report(ours.reference, note="Not our shore.", by=make.officer(harbor))
    tell(report, receipt)

    told = put_both(report, by=analyst)

    assert [one.reference for one in told] == [theirs.reference]
    assert "referral.added-to" not in news_of(ours)


def test_each_agency_is_told_and_reads_its_own_and_nothing_of_the_other(
    report, analyst, receipt, harbor, valley
):
    ours, theirs = send(report, 2, harbor, by=analyst), send(report, 3, valley, by=analyst)
    here, there = make.officer(harbor), make.officer(valley)
    first = fetch_package(ours.reference, by=here)
    tell(report, receipt)
    assert open_referral(ours.reference, by=here).opened.messages == ()
    assert "second.quay" not in repr(open_referral(ours.reference, by=here))
    assert fetch_package(ours.reference, by=here) == first

    told = put_both(report, by=analyst)

    assert {one.reference for one in told} == {ours.reference, theirs.reference}
    assert news_of(ours)[-1] == news_of(theirs)[-1] == "referral.added-to"
    for referral, officer, own, other in (
        (ours, here, "second.quay@example.com", "second.pier@example.com"),
        (theirs, there, "second.pier@example.com", "second.quay@example.com"),
    ):
        opened = open_referral(referral.reference, by=officer)
        packed = zipfile.ZipFile(io.BytesIO(fetch_package(referral.reference, by=officer)))
        page = make.browser(officer).get(f"/en/referrals/{referral.reference}").content
        assert_sound(page)
        police = json.loads(packed.read("police.json"))
        assert own in json.dumps(police["reportedInformation"]["additionalInformations"])
        for text in (repr(opened), page.decode(), packed.read("police.json").decode()):
            assert own in text
            assert other not in text
            assert "I am fine" not in text
        assert "Told later" in page.decode()
        with acting_as(officer.context), connection.cursor() as cursor:
            cursor.execute("SELECT clear FROM identifiers_mention WHERE kind = 'email'")
            assert other not in {clear for (clear,) in cursor.fetchall()}
    assert fetch_package(ours.reference, number=1, by=here) == first
    with acting_as(Station.PIPELINE.context):
        line = Entry.objects.get(event=Event.WORDS_PLACED)
    assert line.details["incidents"] == ["2", "3"]
    assert "Quay" not in json.dumps(line.details)


def test_what_is_told_of_a_report_that_went_out_whole_belongs_to_no_incident(analyst, harbor):
    receipt = make.receipt()
    report = make.report(STORY, holder=receipt)
    make.referral(report, to=harbor, by=analyst)
    tell(report, receipt)
    assert place(report) is not None
    assert to_place(report) == 0


def test_an_agency_reads_no_word_before_it_was_put_to_its_incident(
    report, analyst, receipt, harbor, valley
):
    send(report, 2, harbor, by=analyst)
    tell(report, receipt)
    officer = make.officer(harbor)

    def seen() -> int:
        with acting_as(officer.context):
            return Message.objects.count()

    assert seen() == 0
    put(report, {passages(report, by=analyst)["Pier"]: {3}}, by=analyst)
    assert seen() == 0
    tell(report, receipt, "Quay has a boat now.")
    put(report, {passages(report, by=analyst)["Quay"]: {2}}, by=analyst)
    assert seen() == 1


def test_a_new_matter_becomes_another_incident_that_waits(report, analyst, receipt, harbor):
    send(report, 2, harbor, by=analyst)
    tell(report, receipt)
    name = passages(report, by=analyst)["Pier"]
    put(report, {name: {ANEW}}, anew=Happening.OTHER, by=analyst)

    with acting_as(Station.PIPELINE.context):
        assert [one.number for one in Part.objects.standing()] == [2, 3, 4]
        assert Part.objects.get(number=4).pieces == [name]
    assert place(report).open_incidents == 2


def test_a_closed_incident_of_which_more_is_told_waits_again(report, analyst, receipt, harbor):
    send(report, 2, harbor, by=analyst)
    reason = ClosingReason.INSUFFICIENT
    close_report(report.reference, reason=reason, note="Boats.", incident=3, by=analyst)
    assert place(report) is None
    tell(report, receipt)
    assert place(report).open_incidents == 0

    put(report, {passages(report, by=analyst)["Pier"]: {3}}, by=analyst)

    assert place(report).open_incidents == 1
    with acting_as(Station.PIPELINE.context):
        assert Part.objects.get(number=3).done_as == ""


def test_whoever_was_sent_the_whole_story_is_told_of_what_comes(report, analyst, receipt, harbor):
    whole = send(report, 2, harbor, by=analyst, whole=WholeBecause.ONE_STORY)
    tell(report, receipt)
    put(report, {passages(report, by=analyst)["Pier"]: {3}}, by=analyst)
    assert news_of(whole)[-1] == "referral.added-to"
    assert "second.pier" in repr(open_referral(whole.reference, by=make.officer(harbor)))


def test_nothing_is_put_twice_to_what_is_not_there_or_from_a_colleague_s_hands(
    report, analyst, receipt
):
    with pytest.raises(NothingToPlaceError):
        put(report, {}, by=analyst)
    tell(report, receipt)
    name = passages(report, by=analyst)["Quay"]
    for names in ({name: {7}}, {"people.0": {2}}, {f"{name}9": {2}}):
        with pytest.raises(UnknownPieceError):
            put(report, names, by=analyst)
    claim_report(report.reference, by=(colleague := make.analyst()))
    with pytest.raises(NotWaitingError):
        put(report, {name: {2}}, by=analyst)
    put(report, {name: {2}}, by=colleague)
    with pytest.raises(NothingToPlaceError):
        put(report, {name: {2}}, by=colleague)


def test_merged_back_and_split_anew_its_words_wait_again(report, analyst, receipt):
    tell(report, receipt)
    put(report, {passages(report, by=analyst)["Quay"]: {2}}, by=analyst)
    merge_report(report.reference, by=analyst)
    assert to_place(report) == 0
    pieces = pieces_of(open_report(report.reference, by=analyst).submission)
    assert not [one for one in pieces if "message" in one.name]
    drafts = [
        Draft(happening=Happening.OTHER, pieces=frozenset({one.name for one in pieces}))
        for _twice in range(2)
    ]
    split_report(report.reference, drafts, by=analyst)
    assert to_place(report) == 1


def test_the_page_asks_where_each_passage_belongs(report, analyst, receipt, harbor):
    ours = send(report, 2, harbor, by=analyst)
    tell(report, receipt)
    desk, here = make.browser(analyst), f"/en/reports/{report.reference}/split"
    page = desk.get(here).content
    assert_sound(page)
    assert "second.quay@example.com" in page.decode()

    read = {"read": [str(one) for one in read_split(report.reference, by=analyst).messages]}
    for typed in ({}, {"piece_0": ["2"], "is_none": "on"}, {"piece_0": ["0"]}, {"anew": "other"}):
        answer = desk.post(here, read | typed)
        assert answer.status_code == 422
        assert_sound(answer.content)
    assert to_place(report) == 1

    tell(report, receipt, "Nothing more.")
    done = desk.post(here, read | {"piece_0": ["2"]}, follow=True).content.decode()
    assert "1 agency was told." in done
    assert news_of(ours)[-1] == "referral.added-to"
    assert "Told later" in desk.get(f"/en/reports/{report.reference}").content.decode()
    assert to_place(report) == 1, "what came meanwhile waits on"
    again = desk.post(here, read | {"is_none": "on"}, follow=True).content.decode()
    assert "Somebody has put what you read already" in again
    assert to_place(report) == 1
    read = {"read": [str(one) for one in read_split(report.reference, by=analyst).messages]}
    none = desk.post(here, read | {"is_none": "on"}, follow=True).content.decode()
    assert "0 agencies were told." in none
    assert to_place(report) == 0


def test_the_second_of_two_analysts_is_told_and_nothing_is_put_elsewhere_by_its_place(
    report, analyst, receipt
):
    """What was ticked is named by its place on the page, and what was read is shorter now."""
    desk, here = make.browser(analyst), f"/en/reports/{report.reference}/split"
    tell(report, receipt)
    first = {"read": [str(one) for one in read_split(report.reference, by=analyst).messages]}
    tell(report, receipt, "Quay has a boat now.")
    both = {"read": [str(one) for one in read_split(report.reference, by=analyst).messages]}
    assert desk.post(here, first | {"piece_0": ["2"]}).status_code == 302
    assert to_place(report) == 1

    late = desk.post(here, both | {"piece_0": ["3"]}, follow=True).content.decode()

    assert "Somebody has put what you read already" in late
    assert to_place(report) == 1
    put(report, {}, by=analyst)
    again = desk.post(here, first | {"piece_0": ["2"]}, follow=True).content.decode()
    assert "Somebody has put what you read already" in again
    twice = desk.post(here, {"incidents": "2"}, follow=True).content.decode()
    assert "It is split already" in twice


def test_whoever_said_a_last_word_is_told_of_what_comes(report, analyst, receipt, harbor):
    """What came of it by their word may be another thing by what is new."""
    ours, officer = send(report, 2, harbor, by=analyst), make.officer(harbor)
    open_referral(ours.reference, by=officer)
    accept_referral(ours.reference, by=officer)
    record_outcome(ours.reference, disposition=Disposition.NO_OFFENCE, by=officer)
    tell(report, receipt)

    told = put_both(report, by=analyst)

    assert [(one.reference, one.state) for one in told] == [(ours.reference, ReferralState.CLOSED)]
    assert news_of(ours)[-1] == "referral.added-to"
    assert "second.quay" in repr(open_referral(ours.reference, by=officer))


def test_what_its_reporter_says_of_themselves_stays_with_the_tipline(
    report, analyst, receipt, harbor
):
    sent = send(report, 2, harbor, by=analyst)
    tell(report, receipt, "Quay calls me now, my phone number is 204-555-0142.")
    put(report, {passages(report, by=analyst)["Quay"]: {2}}, by=analyst)
    officer = make.officer(harbor)
    page = make.browser(officer).get(f"/en/referrals/{sent.reference}").content.decode()
    packed = zipfile.ZipFile(io.BytesIO(fetch_package(sent.reference, by=officer)))
    assert "Quay calls me now" in page
    for told in (page, packed.read("police.json").decode(), packed.read("case.jsonld").decode()):
        assert "204-555-0142" not in told

"""One report, several incidents: each decided by itself, and to each addressee its own alone."""

import io
import json
import zipfile

import pytest
from django.db import connection

from havre.agencies.rules.words import AgencyKind
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.identifiers.models import Mention
from havre.identifiers.reads import around, noted_in
from havre.intake.actions import open_by_receipt, open_report
from havre.intake.models import Report, Share
from havre.intake.rules.stages import ClosingAnswer, StageWord
from havre.intake.rules.submission import Happening
from havre.intake.splits.models import Part
from havre.intake.splits.rules import Draft, LeftOutError, pieces_of
from havre.plumbing.context import acting_as
from havre.referrals.actions import open_referral, return_report
from havre.referrals.packages.actions import fetch_package
from havre.referrals.rules.guards import AlreadyReferredError, IncidentNotOpenError
from havre.referrals.rules.sending import WholeBecause
from havre.referrals.sending.actions import undo_referral
from havre.triage.closing.actions import close_report, confirm_closing, reopen_report
from havre.triage.closing.rules import ClosingReason, SplitReportError
from havre.triage.enrichment.actions import write_note
from havre.triage.enrichment.rules import Looked, Source
from havre.triage.interpreting.actions import write_translation
from havre.triage.interpreting.rules import Translated
from havre.triage.models import QueueItem
from havre.triage.reads import item_of
from havre.triage.splitting.actions import merge_report, split_report
from havre.triage.splitting.models import IncidentScore
from havre.triage.splitting.reads import incidents_of
from havre.triage.splitting.rules import AlreadySplitError, DecidedAlreadyError, NotWaitingError
from havre.wiring.route import walk
from tests import make
from tests.pages import assert_sound
from tests.splitting import PIER, QUAY, analyst, harbor, receipt, send, valley

STORY = (
    "I am 12. Quay asked me to meet him on Saturday at the library in Winnipeg."
    " Somebody else, Pier, sells old pictures of boats in Toronto. His mail is pier@example.com."
)

__all__ = ["analyst", "harbor", "receipt", "valley"]  # fixtures
OF_QUAY = ("Quay asked", "I am 12", "people.0", "incidents.0.danger_now")
OF_PIER = ("Somebody else", "His mail", "people.1")


@pytest.fixture
def report(analyst, receipt):
    people = (QUAY, PIER, make.REPORTER)
    return make.report(STORY, people=people, holder=receipt, danger_now=True)


def drafts(report, *, by) -> list[Draft]:
    opened = open_report(report.reference, by=by)
    files = [str(each.pk) for each in opened.exhibits[1:]]
    pieces = pieces_of(opened.submission, exhibits=files)

    def chosen(begins: tuple[str, ...]) -> frozenset[str]:
        return frozenset(
            piece.name for piece in pieces if piece.said.startswith(begins) or piece.name in begins
        )

    return [
        Draft(happening=Happening.MEETING, pieces=chosen(OF_QUAY)),
        Draft(happening=Happening.PICTURES, pieces=chosen(OF_PIER)),
    ]


@pytest.fixture
def parts(report, analyst):
    return split_report(report.reference, drafts(report, by=analyst), by=analyst)


def place(report) -> QueueItem | None:
    with acting_as(Station.PIPELINE.context):
        return item_of(report.pk, actor=Station.PIPELINE)


def stages(report) -> set[str]:
    with acting_as(Station.PIPELINE.context):
        return set(report.stages.values_list("stage", flat=True))


def close(report, number, *, by, reason=ClosingReason.INSUFFICIENT):
    return close_report(report.reference, reason=reason, note="Boats.", incident=number, by=by)


def test_each_incident_has_its_own_score_place_and_suggestion(report, parts, analyst):
    with acting_as(analyst.context):
        quay, pier = incidents_of(report.pk, language="en", actor=analyst)

    assert [row.number for row in (quay, pier)] == [2, 3]
    assert quay.score.band == "A"
    assert pier.score.band > "A"
    assert "child-12-17" in {each["factor"] for each in quay.score.reasons}
    assert "child-12-17" not in {each["factor"] for each in pier.score.reasons}
    assert quay.suggested[0][0].code == "harbor-police"
    assert pier.suggested[0][0].code == "valley-police"
    with acting_as(Station.PIPELINE.context):
        line = Entry.objects.filter(event=Event.REPORT_SPLIT).get()
    assert line.details["incidents"] == ["2", "3"]
    assert "Quay" not in json.dumps(line.details)


def test_the_split_alone_lowers_nothing_and_what_is_decided_does(report, parts, analyst, harbor):
    assert (place(report).band, place(report).open_incidents) == ("A", 2)

    send(report, 2, harbor, by=analyst)

    item = place(report)
    assert item.open_incidents == 1
    with acting_as(Station.PIPELINE.context):
        assert item.band == IncidentScore.objects.get(incident=parts[1].incident).band > "A"
    walk(report.pk)
    assert place(report).band == item.band

    close(report, 3, by=analyst)
    assert place(report) is None


def test_an_addressee_reads_its_own_incident_and_no_trace_of_the_other(
    report, parts, analyst, harbor, valley
):
    looked = Looked(address="quay.example.com", how="Without an account.", found="Quay's boats.")
    write_note(
        report.reference,
        source=Source.SITE,
        looked=looked,
        looked_at=report.received_at,
        by=analyst,
    )
    told = Translated(text="Quay veut me voir samedi.", who="No. 214")
    write_translation(report.reference, from_language="en", to_language="fr", told=told, by=analyst)
    referral = send(report, 3, valley, by=analyst)
    detective = make.officer(valley)

    told = repr(open_referral(referral.reference, by=detective).opened.submission)
    package = zipfile.ZipFile(io.BytesIO(fetch_package(referral.reference, by=detective)))
    packed = b"\n".join(package.read(name) for name in package.namelist()).decode(errors="replace")
    page = make.browser(detective).get(f"/en/referrals/{referral.reference}").content
    with acting_as(detective.context):
        mentions = {one.value for one in noted_in(around(report.pk, actor=detective))}
        seen = set(Mention.objects.visible_to(detective).values_list("clear", flat=True))
        with connection.cursor() as cursor:
            cursor.execute("SELECT clear FROM identifiers_mention")
            rows = {clear for (clear,) in cursor.fetchall()}
            cursor.execute("SELECT number FROM splits_part")
            assert cursor.fetchall() == [(3,)]
            for table in ("enrichment_note", "interpreting_translation"):
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone() == (0,)

    assert "pier@example.com" in told
    assert "pier@example.com" in packed
    assert "pier@example.com" in mentions & seen & rows
    assert_sound(page)
    for text in (told, packed, page.decode(), repr(mentions | seen | rows)):
        for hidden in ("quay", "Quay", "Saturday", "I am 12"):
            assert hidden not in text
    assert "This is incident 3 of a report that tells of several." in page.decode()


def test_the_whole_story_goes_only_for_a_reason_that_stands_in_the_log(
    report, parts, analyst, harbor, valley
):
    detective = make.officer(valley)
    referral = send(report, 3, valley, by=analyst, whole=WholeBecause.ONE_STORY)

    told = open_referral(referral.reference, by=detective).opened.submission

    assert told.incidents[0].narrative == STORY
    page = make.browser(detective).get(f"/en/referrals/{referral.reference}").content.decode()
    assert "cannot be understood without the rest" in page
    with acting_as(Station.PIPELINE.context):
        line = Entry.objects.filter(event=Event.REFERRAL_SENT).order_by("id").last()
    assert line.details["whole"] == "one-story"


def test_an_agency_that_has_both_reads_each_by_itself_and_loses_one_without_the_other(
    report, parts, analyst, harbor
):
    detective = make.officer(harbor)
    first, second = (send(report, number, harbor, by=analyst) for number in (2, 3))

    of_first = repr(open_referral(first.reference, by=detective).opened.submission)
    assert "Quay" in of_first
    assert "Pier" not in of_first
    return_report(first.reference, note="Not ours.", by=detective)

    with acting_as(detective.context):
        assert Share.objects.get(until=None).parts == [3]
        assert Report.objects.visible_to(detective).filter(pk=report.pk).exists()
        assert "Quay" not in repr(open_report(report.reference, by=detective).submission)
    assert "Pier" in repr(open_referral(second.reference, by=detective).opened.submission)


def test_what_comes_back_waits_again_and_nothing_else_of_the_report(
    report, parts, analyst, harbor, valley
):
    first = send(report, 2, harbor, by=analyst)
    second = send(report, 3, valley, by=analyst)
    assert place(report) is None

    return_report(second.reference, note="Not ours.", by=make.officer(valley))
    walk(report.pk, was_returned=True)

    assert place(report).open_incidents == 1
    with acting_as(analyst.context):
        assert [p.done_as for p in Part.objects.order_by("number")] == ["referred", ""]
        with pytest.raises(AlreadyReferredError):
            send(report, 2, harbor, by=analyst)
    undo_referral(first.reference, by=analyst)
    walk(report.pk, was_returned=True)
    assert place(report).open_incidents == 2


def test_an_incident_is_closed_by_itself_and_the_reporter_answered_when_all_are(
    report, parts, analyst, receipt
):
    with pytest.raises(SplitReportError):
        close_report(report.reference, reason=ClosingReason.EDUCATION, note="-", by=analyst)
    closing = close(report, 2, by=analyst)
    assert set(closing.read_twice) >= {"immediate"}
    assert stages(report) == {StageWord.RECEIVED}
    assert place(report).open_incidents == 1

    close(report, 3, by=analyst, reason=ClosingReason.EDUCATION)
    assert place(report) is None
    with acting_as(analyst.context):
        closure = Report.objects.get(pk=report.pk).closure
    assert (closure.answer, closure.tell_from) == (ClosingAnswer.NOTHING_MORE, None)

    confirm_closing(report.reference, incident=2, by=make.analyst())
    reopen_report(report.reference, incident=3, note="Look again.", by=analyst)
    walk(report.pk, was_returned=True)
    assert place(report).open_incidents == 1
    with pytest.raises(IncidentNotOpenError):
        send(report, 2, make.agency("harbor-police", regions=("MB",)), by=analyst)


def test_a_reporter_reads_that_it_was_passed_on_when_one_incident_was(
    report, parts, analyst, valley, receipt
):
    close(report, 2, by=analyst)
    send(report, 3, valley, by=analyst)

    opened, _holder = open_by_receipt(by=receipt)

    assert StageWord.PASSED_ON in {stage.stage for stage in opened.stages}
    assert opened.answer == ""
    assert opened.submission.incidents[0].narrative == STORY


def test_a_split_is_merged_back_until_an_incident_is_decided(report, parts, analyst, harbor):
    before = place(report)
    merge_report(report.reference, by=analyst)

    after = place(report)
    assert (after.band, after.risk, after.open_incidents) == (before.band, before.risk, 0)
    with acting_as(analyst.context):
        assert set(Mention.objects.values_list("parts", flat=True)) == {None}
        assert not IncidentScore.objects.exists()
        assert incidents_of(report.pk, language="en", actor=analyst) == ()
    with pytest.raises(IncidentNotOpenError):
        send(report, 2, harbor, by=analyst)

    again = split_report(report.reference, drafts(report, by=analyst), by=analyst)
    assert [part.number for part in again] == [4, 5]
    with pytest.raises(AlreadySplitError):
        split_report(report.reference, drafts(report, by=analyst), by=analyst)
    with pytest.raises(IncidentNotOpenError):
        send(report, 1, harbor, by=analyst)
    send(report, 4, harbor, by=analyst)
    with pytest.raises(DecidedAlreadyError):
        merge_report(report.reference, by=analyst)


def test_what_was_referred_whole_or_loses_somebody_is_not_split(report, analyst, harbor):
    good = drafts(report, by=analyst)
    lost = [good[0], Draft(happening=Happening.OTHER, pieces=good[1].pieces - {"people.1"})]
    with pytest.raises(LeftOutError):
        split_report(report.reference, lost, by=analyst)
    make.referral(report, to=harbor, by=analyst)
    with pytest.raises(NotWaitingError):
        split_report(report.reference, good, by=analyst)
    with acting_as(analyst.context):
        assert not Part.objects.exists()


def test_the_desk_splits_on_a_page_that_says_what_is_missing(report, analyst, valley):
    desk, here = make.browser(analyst), f"/en/reports/{report.reference}"
    page = desk.get(f"{here}/split")
    assert_sound(page.content)
    form = page.context["form"]
    empty = desk.post(f"{here}/split", {"incidents": "2", "happening_1": "", "happening_2": ""})
    assert empty.status_code == 422
    assert_sound(empty.content)
    for words in ("Choose what it is.", "Say to which incident it belongs, or to both."):
        assert words in empty.content.decode()

    typed: dict[str, object] = {"incidents": "2", "happening_1": "meeting", "happening_2": "other"}
    for number, row in enumerate(form.rows):
        is_pier = row.piece.name == "people.1" or "Pier" in row.said or "mail" in row.said
        typed[f"piece_{number}"] = ["2" if is_pier else "1"]
    done = desk.post(f"{here}/split", typed, follow=True)
    assert "It was split." in done.content.decode()
    assert_sound(done.content)
    assert_sound(desk.get(f"{here}/split").content)

    sent = desk.post(
        f"{here}/refer",
        {"to": "valley-police", "incident": "3", "reason": "Their shore.", "whole": ""},
        follow=True,
    )
    assert "was referred to Valley Police" in sent.content.decode()
    closed = {"reason": "insufficient", "note": "Boats.", "incident": "2"}
    desk.post(f"{here}/close", closed)
    shown = desk.get(here).content
    assert_sound(shown)
    assert "Closed without referral" in shown.decode()
    refused = desk.post(f"{here}/merge", follow=True).content.decode()
    assert "was referred or closed" in refused


def test_two_kinds_of_work_get_what_each_may_have_of_an_incident(report, parts, analyst):
    welfare = make.agency("harbor-welfare", kind=AgencyKind.CHILD_WELFARE, regions=("MB",))
    referral = send(report, 2, welfare, by=analyst)

    opened = open_referral(referral.reference, by=make.officer(welfare))

    assert opened.part == 2
    assert "pier" not in repr(opened.opened.submission).lower()

"""Sending an incident to the agency that can act, and hearing back."""

import pytest
from django.utils import translation

from havre.agencies.rules.permits import Compartment
from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.identifiers.actions import unmask_mention
from havre.identifiers.models import Mention
from havre.identifiers.reads import around, noted_in
from havre.intake.actions import open_report
from havre.intake.models import Report
from havre.intake.rules.submission import PersonRole
from havre.links.reads import linked_to
from havre.plumbing.context import acting_as
from havre.referrals.actions import (
    accept_referral,
    open_referral,
    open_sent,
    read_inbox,
    record_outcome,
    refer_report,
    return_report,
)
from havre.referrals.inbox import listing
from havre.referrals.models import Referral
from havre.referrals.pages.page import referral_page, report_page
from havre.referrals.pages.rules.marks import Piece, Span, marked
from havre.referrals.rules.guards import AlreadyReferredError
from havre.referrals.rules.outcomes import (
    Disposition,
    Insufficiency,
    MissingField,
    OutcomeRefusedError,
    ReferralState,
    ReferralStateError,
)
from havre.referrals.sending.actions import open_for_desk
from havre.referrals.wording import REFUSALS
from havre.triage.actions import read_queue
from havre.wiring.route import walk
from tests import make

SAID = "I am 15. Mom answers at 204-555-0142. He asked me to meet on Saturday in Winnipeg."


@pytest.fixture(autouse=True)
def harbor(db):
    return make.directory()


@pytest.fixture
def valley():
    return make.agency("valley-police", regions=("ON",))


@pytest.fixture
def analyst(harbor):
    return make.analyst()


@pytest.fixture
def detective(harbor):
    return make.officer(harbor)


@pytest.fixture
def sent(analyst, harbor):
    """A referral to the harbor police, not opened yet."""
    return make.referral(make.report(SAID), to=harbor, by=analyst)


def events() -> list[str]:
    with acting_as(Station.PIPELINE.context):
        return list(Entry.objects.order_by("at", "id").values_list("event", flat=True))


def test_a_referred_report_leaves_the_queue_and_stands_in_one_inbox(
    sent, analyst, detective, valley
):
    stranger = make.officer(valley)

    assert read_queue(by=analyst).rows == ()
    assert [row.referral for row in read_inbox(by=detective).rows] == [sent]
    assert read_inbox(by=stranger).rows == ()
    assert events()[-3:] == ["queue.read", "inbox.read", "inbox.read"]


def test_the_lane_and_title_go_with_the_referral(sent, detective):
    (english,) = read_inbox(by=detective).rows
    (french,) = read_inbox(language="fr", by=detective).rows

    assert english.title.startswith("Meeting planned")
    assert french.title.startswith("Rencontre prévue")
    assert english.referral.band in {"A", "B"}
    assert english.clock is not None


def test_what_was_sent_elsewhere_does_not_exist(sent, valley):
    stranger = make.officer(valley)

    for act in (open_referral, accept_referral):
        with pytest.raises(Referral.DoesNotExist):
            act(sent.reference, by=stranger)
    with pytest.raises(Report.DoesNotExist):
        open_report(sent.report.reference, by=stranger)


def test_the_second_wall_stands_without_the_first(sent, valley):
    stranger = make.officer(valley)

    with acting_as(stranger.context):
        assert not Referral.objects.exists()
        assert not Report.objects.exists()
        assert Referral.objects.update(state="closed") == 0


def test_an_agency_is_not_sent_the_same_incident_twice(sent, analyst, harbor, valley):
    with pytest.raises(AlreadyReferredError):
        refer_report(sent.report, to=harbor, reason="again", by=analyst)

    second = refer_report(sent.report, to=valley, reason="lives there", by=analyst)

    assert (second.band, second.title, second.rule) == (sent.band, sent.title, sent.rule)


def test_opening_reads_the_reason_and_keeps_the_first_look(sent, detective):
    opened = open_referral(sent.reference, by=detective)
    first_look = opened.referral.opened_at
    again = open_referral(sent.reference, by=detective)

    assert opened.reason == "Their harbor."
    assert opened.referral.state == ReferralState.OPENED
    assert again.referral.opened_at == first_look
    assert events().count("referral.opened") == 2


def test_the_addressee_never_learns_who_reported(sent, detective):
    opened = open_referral(sent.reference, by=detective)
    reporters = [p for p in opened.opened.submission.people if p.role is PersonRole.REPORTER]
    with acting_as(detective.context):
        page = referral_page(opened, language="en", unmasked={}, all_links=False, actor=detective)
    shown = "".join(piece.text for text in page.telling.texts for piece in text.pieces)
    own = [row for row in page.identifiers if row.noted.role == PersonRole.REPORTER]

    assert [(p.names, p.identifiers) for p in reporters] == [((), ())]
    assert "555-0142" not in shown
    assert "He asked me to meet" in shown
    assert own
    assert all(row.held and not row.value for row in own)
    for row in own:
        with pytest.raises(Mention.DoesNotExist):
            unmask_mention(row.noted.mention, by=detective)


def test_the_tipline_unmasks_with_a_line_in_the_log(sent, analyst):
    masked = [m for m in noted_by(analyst, sent.report) if m.kind == "phone"]

    assert [(m.value, m.role) for m in masked] == [("", PersonRole.REPORTER)]
    assert unmask_mention(masked[0].mention, by=analyst) == "+12045550142"
    assert events()[-1] == Event.IDENTIFIER_UNMASKED


def noted_by(officer, report):
    with acting_as(officer.context):
        return noted_in(around(report.pk, actor=officer))


def test_a_link_never_shows_an_agency_a_report_it_was_not_sent(analyst, harbor, detective):
    ours, theirs = make.report(SAID), make.report("Another one, by the same address.")
    make.referral(ours, to=harbor, by=analyst)

    with acting_as(analyst.context):
        assert [link.report for link in linked_to(ours.pk, actor=analyst)] == [theirs.pk]
    with acting_as(detective.context):
        assert linked_to(ours.pk, actor=detective) == []


def test_a_link_says_what_counts_and_the_bits_add_up(analyst):
    report = make.report(SAID)
    make.report("Another one, by the same address.", people=(make.SUSPECT,))
    desk = open_for_desk(report.reference, by=analyst)
    with acting_as(analyst.context):
        page = report_page(desk, language="en", unmasked={}, all_links=False, actor=analyst)

    (link,) = page.links.rows
    assert "same e-mail address" in link.sentence.lower()
    assert [row.shown for row in link.evidence] == ["dock.master@example.com"]
    assert sum(round(row.bits * 10) for row in link.evidence) == round(link.bits * 10)


def test_the_points_of_both_scores_add_up_and_lead_to_their_marks(analyst):
    report = make.report(SAID)
    desk = open_for_desk(report.reference, by=analyst)
    with acting_as(analyst.context):
        page = report_page(desk, language="en", unmasked={}, all_links=False, actor=analyst)
    marks = {p.anchor for text in page.telling.texts for p in text.pieces if p.anchor}
    rows = [row for card in page.scores for row in card.reasons]

    assert [card.points for card in page.scores] == [
        sum(row.points for row in card.reasons) for card in page.scores
    ]
    assert marks
    assert marks <= {row.anchor for row in rows}
    assert page.rule
    assert page.suggested[0].agency.code == "harbor-police"
    assert all(each.sentences for each in page.suggested)


def test_accepting_is_done_once(sent, detective):
    accepted = accept_referral(sent.reference, by=detective)

    assert (accepted.state, accepted.accepted_by) == (ReferralState.ACCEPTED, detective)
    with pytest.raises(ReferralStateError):
        accept_referral(sent.reference, by=detective)


def test_an_outcome_waits_for_acceptance_and_keeps_every_word(sent, analyst, detective):
    with pytest.raises(ReferralStateError):
        record_outcome(sent.reference, disposition=Disposition.ARREST, by=detective)
    accept_referral(sent.reference, by=detective)
    record_outcome(sent.reference, disposition=Disposition.ARREST, usefulness=4, by=detective)
    last = record_outcome(
        sent.reference,
        disposition=Disposition.INSUFFICIENT,
        insufficiency=Insufficiency.CGNAT_NO_PORT,
        missing_fields=[MissingField.PORT],
        note="No port.",
        by=detective,
    )
    _, (row,) = open_sent(sent.report.reference, by=analyst)

    assert [(o.disposition, note) for o, note in row.outcomes] == [
        ("arrest", ""),
        ("insufficient", "No port."),
    ]
    assert row.referral.state == ReferralState.CLOSED
    assert b"No port." not in bytes(last.note)


def test_an_outcome_that_contradicts_itself_is_refused(sent, detective):
    accept_referral(sent.reference, by=detective)

    with pytest.raises(OutcomeRefusedError):
        record_outcome(sent.reference, disposition=Disposition.ARREST, count=2, by=detective)

    assert "outcome.recorded" not in events()


def test_a_returned_report_stands_in_the_queue_again(sent, analyst, detective, valley):
    return_report(sent.reference, note="Not our shore.", suggested_agency=valley, by=detective)
    walk(sent.report_id, was_returned=True)
    (waiting,) = read_queue(by=analyst).rows
    _, (row,) = open_sent(sent.report.reference, by=analyst)

    assert waiting.report == sent.report
    assert row.returned_note == "Not our shore."
    assert row.referral.suggested_agency == valley
    assert row.referral.state == ReferralState.RETURNED


def test_a_returned_incident_may_be_sent_to_the_same_agency_again(sent, analyst, harbor, detective):
    return_report(sent.reference, note="Not our shore.", by=detective)

    again = make.referral(sent.report, to=harbor, by=analyst)

    assert again.reference != sent.reference
    assert read_inbox(state="all", by=detective).chosen == 2


def test_the_inbox_puts_what_waits_first_and_pages_without_a_gap(
    analyst, harbor, detective, monkeypatch
):
    monkeypatch.setattr(listing, "INBOX_ROWS", 2)
    referrals = [make.referral(make.report(SAID), to=harbor, by=analyst) for _ in range(5)]
    accept_referral(referrals[0].reference, by=detective)
    seen, after = [], ""
    while True:
        page = read_inbox(after=after, by=detective)
        seen += [row.referral.reference for row in page.rows]
        after = page.next
        if not after:
            break

    assert sorted(seen) == sorted(r.reference for r in referrals)
    assert seen[-1] == referrals[0].reference
    assert (page.new, page.chosen) == (4, 5)
    assert [r.act for r in page.rows] == ["action"]


@pytest.mark.parametrize("after", ["x", "0_A", "0_A_1e999_00", "0_A_nan_" + "0" * 32])
def test_what_is_no_place_in_the_inbox_is_no_filter(sent, detective, after):
    assert len(read_inbox(after=after, by=detective).rows) == 1


def test_a_closed_compartment_is_not_referred(analyst):
    hidden = make.report(SAID, compartment=Compartment.OWN_STAFF_NAMED)

    with pytest.raises(Report.DoesNotExist):
        open_sent(hidden.reference, by=analyst)


def test_a_text_is_cut_at_its_marks_and_loses_nothing():
    text = "abcdefghij"
    cut = marked(
        text,
        [
            Span(start=2, end=4, anchor="a"),
            Span(start=3, end=6, anchor="b"),
            Span(start=8, end=99, anchor="c"),
            Span(start=5, end=5, anchor="empty"),
            Span(start=40, end=50, anchor="outside"),
        ],
    )

    assert "".join(piece.text for piece in cut.pieces) == text
    assert [piece.text for piece in cut.pieces if piece.anchor] == ["cdef", "ij"]
    assert cut.anchors == {"a": "a", "b": "a", "c": "c"}


def test_what_is_held_back_is_not_in_the_pieces():
    cut = marked("call 5550142 now", [Span(start=5, end=12, is_held=True)])

    assert cut.pieces == (
        Piece(text="call "),
        Piece(text="", is_held=True),
        Piece(text=" now"),
    )


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_refusal_of_an_outcome_names_a_field_and_what_to_do(language):
    with translation.override(language):
        told = {field: str(words) for field, words in REFUSALS.values()}

    assert set(told) == {"count", "insufficiency", "usefulness"}
    assert all(words.endswith(".") for words in told.values())


def test_a_job_tried_again_after_a_referral_does_not_bring_the_report_back(sent, analyst):
    walk(sent.report_id)
    assert read_queue(by=analyst).rows == ()

"""Whoever changes a split report holds its rows in one order, so that no two wait for each other.

The order stands in `docs/decisions/026`.
"""

import re
from collections.abc import Callable

import psycopg
import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from havre.audit.rules import Station
from havre.plumbing.context import acting_as
from havre.plumbing.pipes import ONE_AFTER_THE_OTHER
from havre.referrals.actions import return_report
from havre.referrals.sending.actions import supplement_referral, undo_referral
from havre.referrals.splitting.actions import place_words, read_split
from havre.triage.actions import score_report
from havre.triage.closing.actions import close_report, reopen_report
from havre.triage.closing.rules import ClosingReason
from havre.triage.interpreting.actions import note_identifiers
from havre.triage.splitting.actions import merge_report
from havre.wiring.route import put_if_it_waits
from tests import make
from tests.splitting import analyst, harbor, passages, receipt, report, say, send, tell, valley

__all__ = ["analyst", "harbor", "receipt", "report", "valley"]  # fixtures

ORDER = (
    "triage_queueitem",
    "referrals_referral",
    "splits_part",
    "intake_message",
    "intake_share",
    "triage_closing",
    "identifiers",
    "splitting_incidentscore",
)
HOLDS = re.compile(
    r'^SELECT .*? FROM "(?P<read>\w+)".* FOR UPDATE'
    r'|^UPDATE "(?P<changed>\w+)"|^DELETE FROM "(?P<gone>\w+)"|(?P<noted>pg_advisory_xact_lock)',
    re.DOTALL,
)


def held_by(act: Callable[[], object]) -> list[str]:
    """The tables of which an act holds rows, in the order in which it first holds one."""
    with CaptureQueriesContext(connection) as caught:
        act()
    found = (HOLDS.search(query["sql"]) for query in caught)
    names = (
        "identifiers" if one["noted"] else next(filter(None, one.groups())) for one in found if one
    )
    return [name for name in dict.fromkeys(names) if name in ORDER]


def assert_in_order(held: list[str], *, at_least: set[str]) -> None:
    assert at_least <= set(held)
    assert held == sorted(held, key=ORDER.index)


def test_putting_words_holds_the_place_the_referrals_the_incidents_and_the_messages(
    report, analyst, receipt, harbor
):
    send(report, 2, harbor, by=analyst)
    reason = ClosingReason.INSUFFICIENT
    close_report(report.reference, reason=reason, note="Boats.", incident=3, by=analyst)
    tell(report, receipt)
    names = passages(report, by=analyst)
    messages = read_split(report.reference, by=analyst).messages
    put = {names["Quay"]: {2}, names["Pier"]: {3}}
    held = held_by(lambda: place_words(report.reference, put, messages=messages, by=analyst))
    assert_in_order(held, at_least=set(ORDER) - {"intake_share"})


def test_the_job_that_asks_whether_it_waits_holds_them_so(report, analyst, receipt, harbor, valley):
    for number, to in ((2, harbor), (3, valley)):
        send(report, number, to, by=analyst)
    say(report, receipt)
    with acting_as(Station.PIPELINE.context):
        held = held_by(lambda: put_if_it_waits(report.pk, by=Station.PIPELINE))
        asked = held_by(lambda: put_if_it_waits(report.pk, by=Station.PIPELINE))
    assert_in_order(held, at_least={"triage_queueitem", "splits_part"})
    assert_in_order(asked, at_least={"triage_queueitem"})


def test_merging_holds_them_so(report, analyst, receipt):
    tell(report, receipt)
    held = held_by(lambda: merge_report(report.reference, by=analyst))
    assert_in_order(held, at_least={"triage_queueitem", "splits_part", "intake_message"})


def test_taking_back_and_sending_back_hold_them_so(report, analyst, harbor, valley):
    ours, theirs = send(report, 2, harbor, by=analyst), send(report, 3, valley, by=analyst)
    some = {"referrals_referral", "splits_part", "intake_share"}
    back = held_by(lambda: undo_referral(theirs.reference, by=analyst))
    assert_in_order(back, at_least=some)
    detective = make.officer(harbor)
    sent_back = held_by(lambda: return_report(ours.reference, note="Not ours.", by=detective))
    assert_in_order(sent_back, at_least=some)


def test_adding_another_incident_to_a_referral_holds_them_so(report, analyst, harbor):
    ours = send(report, 2, harbor, by=analyst)
    held = held_by(
        lambda: supplement_referral(
            report, earlier=ours.reference, reason="Theirs too.", incident=3, by=analyst
        )
    )
    assert_in_order(held, at_least={"triage_queueitem", "referrals_referral", "splits_part"})


def test_closing_opening_again_and_scoring_hold_them_so(report, analyst, harbor):
    send(report, 2, harbor, by=analyst)
    reason = ClosingReason.INSUFFICIENT
    closed = held_by(
        lambda: close_report(report.reference, reason=reason, note="Boats.", incident=3, by=analyst)
    )
    assert_in_order(closed, at_least={"triage_queueitem", "splits_part"})
    again = held_by(lambda: reopen_report(report.reference, note="Boats.", incident=3, by=analyst))
    assert_in_order(again, at_least={"triage_queueitem", "splits_part", "triage_closing"})
    for step in (score_report, note_identifiers):
        held = held_by(lambda step=step: step(report.pk, by=Station.PIPELINE))
        assert_in_order(held, at_least={"triage_queueitem"})
        assert len(held) == 2


def test_nothing_is_read_while_somebody_else_notes_the_identifiers(db, monkeypatch):
    """What was read before words were put to an incident would delete what they named."""
    report = make.report(walks=False)

    def read_too_soon(*_told, **_more):
        pytest.fail("it was read before it was its turn")

    monkeypatch.setattr("havre.identifiers.actions.told_in", read_too_soon)
    key = {"key": f"identifiers/{report.pk}"}
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("SET lock_timeout = '5s'")
        other.execute(ONE_AFTER_THE_OTHER, key)
        connection.cursor().execute("SET LOCAL lock_timeout = '50ms'")
        with pytest.raises(OperationalError, match="lock timeout"):
            note_identifiers(report.pk, by=Station.PIPELINE)

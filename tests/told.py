"""A reporter comes back to a report that went out whole, and what becomes of what they tell."""

from types import SimpleNamespace
from uuid import UUID

import pytest
from django.db import connection

from havre.agencies.models import Agency, Officer
from havre.audit.rules import Station
from havre.intake.actions import WORDS, open_by_receipt, open_report, send_message
from havre.intake.models import Report
from havre.intake.rules.senders import ReceiptHolder
from havre.plumbing.context import acting_as
from havre.plumbing.queue import waiting_for
from havre.referrals.models import Referral
from havre.referrals.notices.models import News
from havre.triage.models import QueueItem
from havre.triage.reads import item_of
from havre.wiring.jobs import the_rest, words_came
from havre.wiring.route import walk
from tests import make

CALM = "Somebody wrote to me on a game about boats."
TONIGHT = "He wrote again from second.quay@example.com: he wants to meet me tonight."
GOES_ROUND = (
    "A page about boats at the pier is going round and says that a man in a green coat waits for"
    " people there every day, please send this on to everybody"
)


@pytest.fixture
def report(harbor: Agency, receipt: ReceiptHolder) -> Report:
    return make.report(CALM, holder=receipt)


@pytest.fixture
def referral(report: Report, harbor: Agency, analyst: Officer) -> Referral:
    return make.referral(report, to=harbor, by=analyst)


@pytest.fixture
def detective(harbor: Agency) -> Officer:
    return make.officer(harbor)


def say(report: Report, receipt: ReceiptHolder, text: str = TONIGHT) -> None:
    """What a reporter writes at the page of their receipt, before any job has looked at it."""
    _opened, holder = open_by_receipt(by=receipt)
    send_message(report, text, receipt_key=holder.key, by=holder)


def tell(report: Report, receipt: ReceiptHolder, text: str = TONIGHT) -> None:
    """The same, and the jobs have run."""
    say(report, receipt, text)
    with acting_as(Station.PIPELINE.context):
        assert str(report.pk) in waiting_for(WORDS, "report")
    words_came(report=str(report.pk))
    walk(report.pk)


def asked(report: Report) -> int:
    """How many times it was asked that somebody look at later words of it."""
    whose = (
        "SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s AND args ->> 'report' = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(whose, [WORDS, str(report.pk)])
        return int(cursor.fetchone()[0])


def work(report: Report, *, asked_before: int) -> None:
    """If it was asked again since, the jobs look at it and at the rest of the route."""
    if asked(report) > asked_before:
        words_came(report=str(report.pk))
        the_rest(SimpleNamespace(job=SimpleNamespace(attempts=0)), report=str(report.pk))


def place(report: Report) -> QueueItem | None:
    """Where a report waits, if it does."""
    with acting_as(Station.PIPELINE.context):
        return item_of(report.pk, actor=Station.PIPELINE)


def words_of(report: Report, *, by: Officer) -> list[UUID]:
    """The messages of its reporter, oldest first."""
    told = open_report(report.reference, by=by).messages
    return [one.message for one in told if one.from_reporter]


def news_of(referral: Referral) -> list[str]:
    """What the agency of a referral was told, in order."""
    with acting_as(Station.PIPELINE.context):
        return [one.kind for one in News.objects.filter(referral=referral).order_by("at", "id")]


def again(referral: Referral) -> Referral:
    """The same referral as it stands now."""
    with acting_as(Station.PIPELINE.context):
        return Referral.objects.get(pk=referral.pk)

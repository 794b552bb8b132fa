"""Telling providers by e-mail that they are asked something. Safe to repeat.

Everything due is found in the database: a question that was never committed is told to nobody.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from havre.audit.rules import Station
from havre.intake.questions.reads import to_mail
from havre.plumbing.context import acting_as
from havre.referrals.asking.letters import letter_of
from havre.referrals.asking.mailing import note_question_mailed, note_question_not_mailed
from havre.triage.paging.couriers import couriers
from havre.triage.paging.rules.ways import Courier, Way
from havre.wiring.sweeps.paging import AT_ONCE, carried


def mail_questions(carry: Mapping[Way, Courier] | None = None) -> None:
    """Send what is to go out to providers, and note what became of it."""
    ways, by = couriers() if carry is None else carry, Station.PIPELINE
    with acting_as(by.context):
        due = [(question.pk, letter_of(question)) for question in to_mail(actor=by)]
    if not due:
        return
    with ThreadPoolExecutor(AT_ONCE) as pool:
        failures = list(pool.map(lambda each: carried(Way.EMAIL, each[1], ways), due))
    for (question, _letter), because in zip(due, failures, strict=True):
        if because:
            note_question_not_mailed(question, because=because, by=by)
        else:
            note_question_mailed(question, by=by)

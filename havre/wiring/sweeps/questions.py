"""Telling providers by e-mail that they are asked something. Safe to repeat.

Everything due is found in the database: a question that was never committed is told to nobody.
"""

from collections.abc import Mapping

from havre.audit.rules import Station
from havre.intake.questions.reads import to_mail
from havre.plumbing.context import acting_as
from havre.referrals.asking.letters import letter_of
from havre.referrals.asking.mailing import note_question_mailed, note_question_not_mailed
from havre.triage.paging.couriers import couriers
from havre.triage.paging.rules.ways import Courier, Way
from havre.wiring.sweeps.paging import mailed


def mail_questions(carry: Mapping[Way, Courier] | None = None) -> None:
    """Send what is to go out to providers, and note what became of it."""
    ways, by = couriers() if carry is None else carry, Station.PIPELINE
    with acting_as(by.context):
        due = [(question.pk, letter_of(question)) for question in to_mail(actor=by)]
    for question, because in mailed(due, ways):
        if because:
            note_question_not_mailed(question, because=because, by=by)
        else:
            note_question_mailed(question, by=by)

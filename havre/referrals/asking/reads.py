"""What a provider was asked about a report, as the desk and an addressee read it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise

from havre.agencies.models import Officer
from havre.agencies.rules.words import AgencyKind
from havre.intake.models import Report
from havre.intake.questions.models import KeepUp, Question
from havre.intake.questions.reads import asked_of_report, asked_that, marks_of
from havre.intake.questions.rules import NEEDS_ORDER, MailState, QuestionKind, kinds_for
from havre.intake.questions.wording import ANSWERED, ASKED
from havre.plumbing import clock
from havre.plumbing.scopes import Scope
from havre.referrals.asking.wording import MAIL


class NotYoursToAskError(ValueError):
    """An agency of this kind may not ask this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow:
    """A question and its answer in words; `asker` is "" where it is the reader's own house."""

    question: Question
    says: Promise
    answer: Promise | None
    asker: str
    is_mine: bool
    is_open: bool
    is_late: bool
    # What became of the e-mail to the provider, while the question waits.
    mail: Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkRow:
    """A wish to keep the account up, and whether this reader may end it."""

    mark: KeepUp
    asker: str
    can_end: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """All that stands between a report and its provider. Without a provider, nothing can be."""

    kinds: tuple[QuestionKind, ...]
    questions: tuple[QuestionRow, ...]
    marks: tuple[MarkRow, ...]
    # What it is called, and who answers there day and night; "" where nobody is named.
    name: str = ""
    contact: str = ""

    @property
    def with_orders(self) -> bool:
        """Whether one of the questions takes the number of an order."""
        return not NEEDS_ORDER.isdisjoint(self.kinds)


def asked_about(report: Report, *, language: str, actor: Officer) -> Asked:
    """What the provider of a report was asked, and what this officer may ask of it."""
    if report.provider is None:
        return Asked(kinds=(), questions=(), marks=())
    kind, now = AgencyKind(actor.agency.kind), clock.now()
    found = asked_of_report(report.pk, actor=actor)
    if actor.scope is not Scope.TIPLINE:
        found = asked_that(kind, found)
    mine = None if actor.agency.is_tipline else actor.agency_id
    endable = set(_marks_to_end(report.pk, actor).values_list("pk", flat=True))
    kept = marks_of(report.pk, actor=actor)
    return Asked(
        name=report.provider.name,
        contact=report.provider.contact,
        kinds=kinds_for(kind),
        questions=tuple(
            QuestionRow(
                question=one,
                says=ASKED[one.kind],
                answer=ANSWERED.get(one.answer),
                asker=_asker(one, mine, language),
                is_mine=one.agency_id == mine,
                is_open=one.wait.is_open,
                is_late=one.wait.is_late(now),
                mail=MAIL[_mail_state(one, to=report.provider.mail_to, is_kept=bool(kept))],
            )
            for one in found
        ),
        marks=tuple(
            MarkRow(mark=one, asker=_asker(one, mine, language), can_end=one.pk in endable)
            for one in kept
        ),
    )


def mark_to_end(pk: UUID, *, report: UUID, actor: Officer) -> KeepUp:
    """A wish about a report's account that this officer may end. Raises KeepUp.DoesNotExist."""
    return _marks_to_end(report, actor).get(pk=pk)


def own_question(pk: UUID, *, report: UUID, actor: Officer) -> Question:
    """A question about a report that this officer's house asked. Raises Question.DoesNotExist."""
    mine = None if actor.agency.is_tipline else actor.agency_id
    return Question.objects.visible_to(actor).get(pk=pk, report=report, agency=mine)


def _marks_to_end(report: UUID, actor: Officer) -> QuerySet[KeepUp]:
    standing = KeepUp.objects.visible_to(actor).filter(report=report, ended_at=None)
    if actor.scope is Scope.TIPLINE:
        return standing
    return standing.filter(agency=actor.agency_id)


def _mail_state(question: Question, *, to: str, is_kept: bool) -> MailState:
    if question.mail_given_up_at:
        return MailState.GIVEN_UP
    if question.mailed_at and not question.mail_failed_as:
        return MailState.SENT
    if is_kept:
        return MailState.HELD
    if not to:
        return MailState.NOWHERE
    return MailState.FAILED if question.mail_failed_as else MailState.WAITING


def _asker(row: Question | KeepUp, mine: UUID | None, language: str) -> str:
    if row.agency_id == mine or row.agency is None:
        return ""
    return row.agency.name(language)

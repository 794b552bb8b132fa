"""Questions about what providers were asked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q

from havre.agencies.rules.words import AgencyKind
from havre.audit.rules import Actor
from havre.intake.models import Filing, Report
from havre.intake.questions.models import KeepUp, Question
from havre.intake.questions.rules import kinds_for, remind_from
from havre.plumbing import clock
from havre.plumbing.scopes import Scope

ROWS = 50
# So many e-mails go out in one go.
MAILED = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRow:
    """One question as its provider sees it: of which report, and not who asks."""

    question: Question
    number: int | None
    reference: str
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPage:
    """A page of a provider's questions: those that wait, the first due first, or the others."""

    rows: tuple[AskedRow, ...]
    waiting: int
    chosen: int
    next: str


def asked_page(*, over: bool = False, after: str = "", actor: Actor) -> AskedPage:
    """A provider's questions; `after` is what the page before gave as its `next`."""
    own = Question.objects.visible_to(actor).filter(withdrawn_at=None)
    waiting = own.filter(answered_at=None)
    chosen = own.exclude(answered_at=None) if over else waiting
    behind = chosen.order_by("-answered_at", "-id") if over else chosen.order_by("due_at", "id")
    last = own.filter(pk=after).first() if _is_id(after) else None
    if last is not None and over:
        behind = behind.filter(
            Q(answered_at__lt=last.answered_at) | Q(answered_at=last.answered_at, pk__lt=last.pk)
        )
    elif last is not None:
        behind = behind.filter(Q(due_at__gt=last.due_at) | Q(due_at=last.due_at, pk__gt=last.pk))
    found = list(behind[: ROWS + 1])
    return AskedPage(
        rows=asked_rows(found[:ROWS], actor=actor),
        waiting=waiting.count(),
        chosen=chosen.count(),
        next=str(found[ROWS - 1].pk) if len(found) > ROWS else "",
    )


def asked_of_report(report: UUID, *, actor: Actor) -> list[Question]:
    """What the provider of a report was asked, as far as the actor may know, oldest first.

    What is of an address is not for every kind of agency, whoever asked it.
    """
    found = Question.objects.visible_to(actor).filter(report=report).select_related("agency")
    if actor.context.scope is Scope.PROVIDER:
        found = found.filter(withdrawn_at=None)
    return list(found)


def asked_that(kind: AgencyKind, found: Sequence[Question]) -> list[Question]:
    """Those of some questions that an agency of a kind could have asked itself."""
    return [one for one in found if one.kind in set(kinds_for(kind))]


def asked_rows(found: Sequence[Question], *, actor: Actor) -> tuple[AskedRow, ...]:
    """Questions with what their provider knows the report by."""
    ids = [one.report_id for one in found]
    numbers = dict(Filing.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", "number"))
    reports = Report.objects.visible_to(actor).filter(pk__in=ids)
    references = dict(reports.values_list("pk", "reference"))
    now = clock.now()
    return tuple(
        AskedRow(
            question=one,
            number=numbers.get(one.report_id),
            reference=references.get(one.report_id, ""),
            is_late=one.wait.is_late(now),
        )
        for one in found
    )


def question_of(pk: UUID, *, actor: Actor, is_held: bool = False) -> Question:
    """One question, `is_held` where it is to be changed. Raises Question.DoesNotExist."""
    visible = Question.objects.visible_to(actor)
    return (visible.select_for_update(of=("self",)) if is_held else visible).get(pk=pk)


def open_question(report: Report, kind: str, *, agency: UUID | None) -> bool:
    """Whether the same question of the same agency waits already."""
    waiting = Question.objects.filter(answered_at=None, withdrawn_at=None)
    return waiting.filter(report=report, kind=kind, agency=agency).exists()


def waiting_of_referral(referral: UUID, *, actor: Actor) -> list[UUID]:
    """The questions that were asked from a referral and wait."""
    asked = Question.objects.visible_to(actor).filter(referral=referral)
    waiting = asked.filter(answered_at=None, withdrawn_at=None)
    return list(waiting.values_list("pk", flat=True))


def marks_of(report: UUID, *, actor: Actor) -> list[KeepUp]:
    """The wishes that stand to keep the account of a report up."""
    standing = KeepUp.objects.visible_to(actor).filter(report=report, ended_at=None)
    return list(standing.select_related("agency"))


def kept_up(reports: Collection[UUID], *, actor: Actor) -> set[UUID]:
    """Of which of these reports nobody may be told anything: police want the account kept up."""
    standing = KeepUp.objects.visible_to(actor).filter(report__in=reports, ended_at=None)
    return set(standing.values_list("report", flat=True))


def all_kept_up(*, actor: Actor) -> list[UUID]:
    """Every report that the actor sees of which nobody may be told anything."""
    standing = KeepUp.objects.visible_to(actor).filter(ended_at=None)
    return list(standing.values_list("report", flat=True))


def to_carry(*, actor: Actor) -> list[Question]:
    """Questions whose asker must hear of them: answered, or late for the first time."""
    now = clock.now()
    answered = Q(answered_at__isnull=False, carried_at=None)
    late = Q(answered_at=None, withdrawn_at=None, told_late_at=None, due_at__lt=now)
    return list(Question.objects.visible_to(actor).filter(answered | late).order_by("id"))


def to_mail(*, actor: Actor) -> list[Question]:
    """Open questions of which their provider is to be told by e-mail now, the first due first.

    Nothing goes out about a report whose account is kept up: it waits until that is over.
    """
    waiting = Question.objects.visible_to(actor).filter(
        answered_at=None, withdrawn_at=None, mail_given_up_at=None
    )
    untold = waiting.filter(Q(mailed_at=None) | Q(mailed_at__lt=F("mail_due_at")))
    reached = untold.filter(mail_due_at__lte=clock.now()).exclude(provider__mail_to="")
    told = reached.exclude(report__in=all_kept_up(actor=actor))
    return list(told.select_related("provider", "report").order_by("due_at", "id")[:MAILED])


def to_remind(*, actor: Actor) -> list[UUID]:
    """Questions in the last third of their time whose provider was not reminded yet."""
    waiting = Question.objects.visible_to(actor).filter(
        answered_at=None, withdrawn_at=None, reminded_at=None
    )
    now = clock.now()
    return [one.pk for one in waiting if remind_from(one.wait) <= now]


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True

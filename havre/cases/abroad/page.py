"""The pages of the international desk, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.forms import Form
from django.utils import timezone
from django.utils.functional import Promise

from havre.agencies.models import Officer
from havre.agencies.rules.permits import Permit
from havre.cases.abroad import forms
from havre.cases.abroad.actions import AssessedRisk, NamedExchange, OpenedExchange
from havre.cases.abroad.dispatches.page import PassageRow, document_rows, passage_row
from havre.cases.abroad.models import Exchange, Letter, Link
from havre.cases.abroad.passing.page import passing_context, rows_at_the_desk
from havre.cases.abroad.rules.mistreatment import RiskRefusedError, Ruling, acts_of, check_cleared
from havre.cases.abroad.rules.states import (
    WAITING,
    Direction,
    ExchangeKind,
    ExchangeState,
    Step,
    steps_from,
)
from havre.cases.abroad.wording import (
    ACTS,
    CAVEATS,
    CLOSINGS,
    COMPARTMENTS,
    DECISIONS,
    DIRECTIONS,
    HANDLINGS,
    KINDS,
    MEASURES,
    RELIABILITIES,
    RISKS,
    RULINGS,
    STATES,
    STEPS,
    TAKEN,
    why_not,
)
from havre.plumbing import clock
from havre.triage.rules.clocks import Clock, clock_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeRow:
    """One exchange as the list shows it."""

    exchange: Exchange
    title: str
    partner: str
    kind: Promise
    direction: Promise
    state: Promise
    clock: Clock | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """A step that is open: its form, or why it may not be taken yet."""

    step: Step
    label: Promise
    form: Form
    refused: Promise | None
    # Whether what is typed at it goes to the partner.
    goes_out: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRow:
    """An assessment in words, and the form of whoever may decide on it."""

    risk: AssessedRisk
    acts: list[Promise]
    found: Promise
    measures: list[Promise]
    ruling: Promise
    decision: Promise | None
    is_old: bool
    form: Form | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidRow:
    """What the desk noted, or what a clerk of theirs wrote."""

    at: datetime
    label: Promise | None = None
    letter: Letter | None = None
    words: str = ""
    passage: PassageRow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """What an exchange is about, and where its page stands."""

    link: Link
    door: str
    reference: str


def exchange_rows(named: list[NamedExchange], *, language: str) -> list[ExchangeRow]:
    """Exchanges in words."""
    return [_row(one.exchange, one.title, language) for one in named]


def exchange_context(
    opened: OpenedExchange, *, reader: Officer, language: str, faulty: Form | None = None
) -> dict[str, object]:
    """What the page of an exchange shows, and the forms on it; one as it came, with its faults."""
    exchange = opened.exchange
    closing = CLOSINGS.get(exchange.closed_because)
    is_open = exchange.state != ExchangeState.CLOSED
    return {
        "opened": opened,
        "row": _row(exchange, opened.words.title, language),
        "desk": exchange.agency.name(language),
        "handling": HANDLINGS[exchange.handling],
        "caveats": [CAVEATS[one] for one in exchange.caveats],
        "reliability": RELIABILITIES[exchange.reliability],
        "compartment": COMPARTMENTS[exchange.compartment],
        "closing": closing,
        "steps": _steps(opened, faulty),
        "risks": [_risk(one, opened, reader, faulty) for one in opened.risks],
        "links": [_link(one) for one in opened.seen.links],
        "letters": _said(opened),
        "released": opened.released,
        "documents": document_rows(opened.documents),
        "passed": rows_at_the_desk(opened.passed, language=language),
        **passing_context(opened.documents, faulty, is_open=is_open),
        "needs_copy": exchange.life.needs_copy,
        "is_open": is_open,
        "forms": {name_of(form): form for form in _forms(opened, faulty)} if is_open else {},
        "faulty": faulty,
    }


def name_of(form: Form) -> str:
    """How the page calls a form."""
    return type(form).__name__.removesuffix("Form").lower()


def _said(opened: OpenedExchange) -> list[SaidRow]:
    """What was said on both sides, newest first: ours as noted, theirs as they wrote it here."""
    ours = [
        SaidRow(at=letter.at, label=TAKEN[letter.step], letter=letter, words=said)
        for letter, said in opened.letters
    ]
    theirs = [
        SaidRow(at=passage.at, passage=passage_row(passage, said))
        for passage, said in opened.theirs
    ]
    return sorted([*ours, *theirs], key=lambda one: one.at, reverse=True)


def _row(exchange: Exchange, title: str, language: str) -> ExchangeRow:
    since = exchange.sent_at or exchange.made_at
    runs = exchange.state in WAITING
    return ExchangeRow(
        exchange=exchange,
        title=title,
        partner=exchange.partner.name(language),
        kind=KINDS[exchange.kind],
        direction=DIRECTIONS[exchange.direction],
        state=STATES[exchange.state],
        clock=clock_of(since=since, until=exchange.due_at, now=clock.now()) if runs else None,
    )


def _forms(opened: OpenedExchange, faulty: Form | None) -> list[Form]:
    offered: list[Form] = [forms.AssessForm(), forms.LinkForm(), forms.NoteForm(), forms.CopyForm()]
    exchange, words = opened.exchange, opened.words
    change = forms.TermsForm()
    change.initial = {
        "kind": exchange.kind,
        "title": words.title,
        "narrative": words.narrative,
        "their_reference": words.their_reference,
        "reliability": exchange.reliability,
        "handling": exchange.handling,
        "caveats": exchange.caveats,
        "caveat": words.caveat,
        "answer_by": timezone.localtime(exchange.due_at),
        "group_is_named": exchange.needs_copy,
    }
    return [faulty if type(faulty) is type(form) else form for form in (*offered, change)]


def _own(form: Form, faulty: Form | None, field: str, value: str) -> Form:
    """A form that stands several times on the page; the one that was sent, with its faults."""
    sent = type(faulty) is type(form) and str(faulty.data.get(field)) == value
    chosen = faulty if sent and faulty is not None else form
    chosen.auto_id = f"{field}_{value}_%s"
    return chosen


def _steps(opened: OpenedExchange, faulty: Form | None) -> list[StepRow]:
    return [
        StepRow(
            step=step,
            label=STEPS[step],
            form=_own(forms.StepForm(), faulty, "step", step),
            refused=_refused(opened, step),
            goes_out=step is Step.ANSWER and opened.exchange.direction == Direction.IN,
        )
        for step in steps_from(opened.exchange.life)
    ]


def _refused(opened: OpenedExchange, step: Step) -> Promise | None:
    exchange = opened.exchange
    acts = acts_of(Direction(exchange.direction), ExchangeKind(exchange.kind), step)
    made = [one.assessment.assessed for one in opened.risks]
    try:
        check_cleared(acts, made, revision=exchange.revision)
    except RiskRefusedError as error:
        return why_not(error)
    return None


def _risk(
    risk: AssessedRisk, opened: OpenedExchange, reader: Officer, faulty: Form | None
) -> RiskRow:
    made = risk.assessment
    waits = made.ruling is Ruling.WAITS and opened.exchange.state != ExchangeState.CLOSED
    decides = waits and made.by_id != reader.pk and reader.may(Permit.EXCHANGE_DECIDE)
    return RiskRow(
        risk=risk,
        acts=[ACTS[one] for one in made.acts],
        found=RISKS[made.risk],
        measures=[MEASURES[one] for one in made.measures],
        ruling=RULINGS[made.ruling],
        decision=DECISIONS.get(made.decision),
        is_old=made.revision != opened.exchange.revision,
        form=_own(forms.DecideForm(), faulty, "assessment", str(made.pk)) if decides else None,
    )


def _link(link: Link) -> LinkRow:
    if link.case:
        return LinkRow(link=link, door="case", reference=link.case.reference)
    door = "report_page" if link.report else "referral"
    return LinkRow(link=link, door=door, reference=link.called)

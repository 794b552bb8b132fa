"""The pages of a partner's clerks, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from havre.cases.abroad.dispatches import forms
from havre.cases.abroad.dispatches.actions import OpenedDispatch
from havre.cases.abroad.dispatches.models import Dispatch, Passage
from havre.cases.abroad.dispatches.rules import TheirStep
from havre.cases.abroad.dispatches.wording import DIRECTIONS, STATES, STEPS, TAKEN, TAKEN_BACK
from havre.cases.abroad.enclosures.forms import EnclosureForm
from havre.cases.abroad.enclosures.models import Enclosure
from havre.cases.abroad.enclosures.rules import terms_in_force
from havre.cases.abroad.enclosures.wording import limits_told
from havre.cases.abroad.rules.states import WAITING
from havre.cases.abroad.sealed import ExchangeWords
from havre.cases.abroad.wording import CAVEATS, HANDLINGS, KINDS, RELIABILITIES
from havre.plumbing import clock
from havre.triage.rules.clocks import Clock, clock_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchRow:
    """One dispatch as the list shows it. What came by another way has its number for a title."""

    dispatch: Dispatch
    title: str
    kind: Promise
    direction: Promise
    state: Promise
    clock: Clock | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageRow:
    """What one side told the other, in words."""

    taken: Promise
    passage: Passage
    said: str
    who: str
    handling: Promise | None
    caveats: Sequence[Promise]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A document that a clerk sent, and how far it may go."""

    enclosure: Enclosure
    name: str
    handling: Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyRow:
    """A step that is open to the clerk, and its form."""

    step: TheirStep
    label: Promise
    form: forms.ReplyForm


def dispatch_rows(named: Iterable[tuple[Dispatch, ExchangeWords]]) -> list[DispatchRow]:
    """Dispatches in words."""
    return [_row(dispatch, words) for dispatch, words in named]


def dispatch_context(
    opened: OpenedDispatch,
    *,
    language: str,
    faulty: forms.ReplyForm | None = None,
    enclosing: EnclosureForm | None = None,
) -> dict[str, object]:
    """What the page of a dispatch shows, and the forms on it; one as it came, with its faults."""
    may_enclose = TheirStep.ADD in opened.steps and terms_in_force().is_taken
    dispatch = opened.dispatch
    desk = dispatch.agency.name(language)
    return {
        "row": _row(dispatch, opened.words),
        "words": opened.words,
        "desk": desk,
        "handling": HANDLINGS.get(dispatch.handling),
        "caveats": [CAVEATS[one] for one in dispatch.caveats],
        "reliability": RELIABILITIES.get(dispatch.reliability),
        "passages": [passage_row(one, said, desk=desk) for one, said in opened.passages],
        "steps": [_step(step, faulty) for step in opened.steps],
        "documents": document_rows(opened.documents),
        "enclosing": (enclosing or EnclosureForm()) if may_enclose else None,
        "enclosures_told": limits_told(),
        "faulty": faulty or enclosing,
    }


def document_rows(documents: Iterable[tuple[Enclosure, str]]) -> list[DocumentRow]:
    """Documents that were sent, in words."""
    return [
        DocumentRow(enclosure=one, name=name, handling=HANDLINGS[one.passage.handling])
        for one, name in documents
    ]


def passage_row(passage: Passage, said: str, *, desk: str = "") -> PassageRow:
    """What one side told the other, in words. The desk speaks without a name."""
    return PassageRow(
        taken=TAKEN[passage.step],
        passage=passage,
        said=said,
        who=passage.by.display_name if passage.by else desk,
        handling=HANDLINGS.get(passage.handling) if said else None,
        caveats=[CAVEATS[one] for one in passage.caveats] if said else [],
    )


def _row(dispatch: Dispatch, words: ExchangeWords) -> DispatchRow:
    runs = dispatch.state in WAITING and not dispatch.is_withdrawn
    now = clock.now()
    since, until = dispatch.handed_at, dispatch.due_at
    return DispatchRow(
        dispatch=dispatch,
        title=words.title or words.their_reference or dispatch.reference,
        kind=KINDS[dispatch.kind],
        direction=DIRECTIONS[dispatch.direction],
        state=TAKEN_BACK if dispatch.is_withdrawn else STATES[dispatch.state],
        clock=clock_of(since=since, until=until, now=now) if runs else None,
    )


def _step(step: TheirStep, faulty: forms.ReplyForm | None) -> ReplyRow:
    sent = faulty is not None and str(faulty.data.get("step")) == step
    form = faulty if sent and faulty is not None else forms.ReplyForm()
    form.auto_id = f"{step}_%s"
    return ReplyRow(step=step, label=STEPS[step], form=form)

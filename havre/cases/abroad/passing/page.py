"""Documents that were passed on, in words: for the desk, and for the agency that has them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.forms import Form
from django.utils.functional import Promise

from havre.cases.abroad.enclosures.models import Enclosure
from havre.cases.abroad.passing.forms import PassForm
from havre.cases.abroad.passing.rules import why_kept
from havre.cases.abroad.passing.sealed import OpenedPassed
from havre.cases.abroad.passing.wording import KEPT
from havre.cases.abroad.wording import CAVEATS, HANDLINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedRow:
    """One of them in words. `agency` is the other side: its receiver, or the desk."""

    passed: OpenedPassed
    agency: str
    partner: str
    handling: Promise
    caveats: Sequence[Promise]
    may_be_taken_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRow:
    """A document that stays at the desk, and why."""

    number: int
    name: str
    why: Promise


def rows_at_the_desk(passed: Iterable[OpenedPassed], *, language: str) -> list[PassedRow]:
    """What the desk passed on, newest first, with what it may take back."""
    return [_row(one, one.document.to_agency.name(language)) for one in passed]


def rows_received(passed: Iterable[OpenedPassed], *, language: str) -> list[PassedRow]:
    """What an agency was passed, newest first."""
    return [
        _row(one, one.document.agency.name(language), partner=one.document.partner.name(language))
        for one in passed
    ]


def passing_context(
    documents: Sequence[tuple[Enclosure, str]], faulty: Form | None, *, is_open: bool
) -> dict[str, object]:
    """The form by which documents are passed on, and those that its senders keep at the desk."""
    kept = [
        KeptRow(number=one.number, name=name, why=KEPT[why])
        for one, name in documents
        if (why := why_kept(one.passage.handling, one.passage.caveats))
    ]
    stays = {one.number for one in kept}
    offered = [
        (one.pk, f"{one.number}. {name}") for one, name in documents if one.number not in stays
    ]
    form = faulty if isinstance(faulty, PassForm) else PassForm()
    form.fields["documents"].choices = offered  # type: ignore[attr-defined]
    is_offered = is_open and (bool(offered) or form.is_bound)
    return {"kept_documents": kept, "pass_form": form if is_offered else None}


def _row(passed: OpenedPassed, agency: str, *, partner: str = "") -> PassedRow:
    document = passed.document
    return PassedRow(
        passed=passed,
        agency=agency,
        partner=partner,
        handling=HANDLINGS[document.handling],
        caveats=[CAVEATS[one] for one in document.caveats],
        may_be_taken_back=document.taken_back_at is None and document.withdrawn_at is None,
    )

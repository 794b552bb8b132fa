"""The pages of operations, in words."""

from collections import Counter
from dataclasses import dataclass

from django.forms import Form
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from havre.agencies.reads import agency_names
from havre.cases.operations import forms
from havre.cases.operations.actions import NamedOperation, OpenedOperation
from havre.cases.operations.models import Operation, Target
from havre.cases.operations.rules.states import (
    OperationState,
    TargetState,
    courses_from,
)
from havre.cases.operations.wording import COURSES, STATES, TARGET_STATES


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationRow:
    """One operation as the list shows it."""

    operation: Operation
    name: str
    lead: str
    state: Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressRow:
    """How far an agency is, or all together."""

    agency: str
    counts: tuple[int, ...]
    of_all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow:
    """A target that one sees, in words."""

    target: Target
    agency: str
    state: Promise
    is_own: bool

    @property
    def opens(self) -> bool:
        """Whether the case is one's own, or was sent out and is shared still: others are no row."""
        return self.target.case is not None


def operation_rows(named: list[NamedOperation], *, language: str) -> list[OperationRow]:
    """Operations in words."""
    return [
        OperationRow(
            operation=one.operation,
            name=one.name,
            lead=one.operation.agency.name(language),
            state=STATES[one.operation.state],
        )
        for one in named
    ]


def operation_context(opened: OpenedOperation, *, agency: str, language: str) -> dict[str, object]:
    """What the page of an operation shows, and the forms on it."""
    state = OperationState(opened.operation.state)
    courses = [(course, COURSES[course]) for course in courses_from(state)]
    return {
        "opened": opened,
        "lead": opened.operation.agency.name(language),
        "state": STATES[state],
        "heads": list(TARGET_STATES.values()),
        "progress": _progress(opened.progress, language),
        "targets": [_target(one, agency, language) for one in opened.targets],
        "partners": [(one, one.agency.name(language)) for one in opened.partners],
        "courses": courses if opened.leads else [],
        "marks": list(TARGET_STATES.items()),
        "forms": _forms(opened, language),
    }


def _forms(opened: OpenedOperation, language: str) -> dict[str, Form]:
    offered: list[Form] = []
    if opened.may_write:
        giving = [(one.agency.code, one.agency.name(language)) for one in opened.partners]
        target = forms.TargetForm(to=giving)
        target.fields["to"].widget.choices = [("", _("My agency")), *giving]
        offered.append(target)
    if opened.leads:
        days = forms.DaysForm()
        embargo = opened.operation.embargo_until
        days.initial = {
            "embargo_until": embargo.date().isoformat() if embargo else "",
            "joint_day": opened.operation.joint_day,
        }
        offered += [days, forms.InviteForm(), forms.OutForm()]
    return {name_of(form): form for form in offered}


def name_of(form: Form) -> str:
    """How the page calls a form."""
    return type(form).__name__.removesuffix("Form").lower()


def _progress(told: dict[str, Counter[TargetState]], language: str) -> list[ProgressRow]:
    names = agency_names([one for one in told if one], language=language) | {"": _("All agencies")}
    return [
        ProgressRow(
            agency=names.get(agency, ""),
            counts=tuple(counts[TargetState(state)] for state in TARGET_STATES),
            of_all=counts.total(),
        )
        for agency, counts in sorted(told.items(), key=lambda pair: names.get(pair[0], ""))
    ]


def _target(target: Target, agency: str, language: str) -> TargetRow:
    return TargetRow(
        target=target,
        agency=target.agency.name(language),
        state=TARGET_STATES[target.state],
        is_own=str(target.agency_id) == agency,
    )

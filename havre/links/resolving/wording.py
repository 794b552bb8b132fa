"""How suspects agree, and what became of a run, in the reader's language."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from havre.links.resolving.models import Likeness, Run
from havre.links.resolving.rules.refits import Change, Refit, from_tree
from havre.links.resolving.rules.runs import State

HUNDREDTHS = 100
COLUMNS: dict[str, Promise] = {
    "born": gettext_lazy("Date of birth"),
    "contacts": gettext_lazy("Phones, e-mails, accounts"),
    "family": gettext_lazy("Last name"),
    "given": gettext_lazy("First name"),
    "handles": gettext_lazy("User names"),
    "postal": gettext_lazy("Postal code"),
    "street": gettext_lazy("Street address"),
}
STATES: dict[str, Promise] = {
    State.BROKEN: gettext_lazy("broken off"),
    State.DONE: gettext_lazy("done"),
    State.RUNNING: gettext_lazy("running"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One part of a weight, in words and bits."""

    column: str
    level: str
    bits: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LikenessRow:
    """Two reports that may be of one suspect, and why: the parts sum to the bits."""

    one: str
    other: str
    bits: float
    prior: float
    parts: tuple[Agreement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One level in the file and by the refit, in bits."""

    column: str
    level: str
    old: float
    new: float
    differs: float
    judged: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """A run in words: its state, how long it took, and its counts."""

    run: Run
    state: Promise
    seconds: int | None


def level_words(level: str) -> str:
    """A level of the model file in the reader's language."""
    how, _dash, at = level.partition("-")
    if how == "edits":
        n = int(at)
        return ngettext("%(n)d letter or digit apart", "%(n)d letters or digits apart", n) % {
            "n": n
        }
    return {"same": _("the same"), "shared": _("one or more shared")}.get(how, _("different"))


def likeness_row(likeness: Likeness) -> LikenessRow:
    """A likeness in words."""
    ends = (likeness.left.report, likeness.right.report)
    one, other = (report.reference if report else "" for report in ends)
    parts = [_agreement(part) for part in likeness.parts]
    return LikenessRow(
        one=one,
        other=other,
        bits=likeness.weight / HUNDREDTHS,
        prior=likeness.prior / HUNDREDTHS,
        parts=tuple(sorted(parts, key=lambda part: -part.bits)),
    )


def run_row(run: Run) -> RunRow:
    """A run in words."""
    took = (run.ended_at - run.begun_at).total_seconds() if run.ended_at else None
    return RunRow(run=run, state=STATES[run.state], seconds=None if took is None else round(took))


def refit_rows(run: Run) -> tuple[Refit, list[ChangeRow]] | None:
    """What a refit would change, the levels in the order of the file."""
    if run.refit is None:
        return None
    refit = from_tree(run.refit)
    return refit, [_change(change) for change in refit.changes]


def _agreement(part: dict[str, str | int]) -> Agreement:
    return Agreement(
        column=str(COLUMNS[str(part["column"])]),
        level=level_words(str(part["level"])),
        bits=int(part["weight"]) / HUNDREDTHS,
    )


def _change(change: Change) -> ChangeRow:
    return ChangeRow(
        column=str(COLUMNS[change.column]),
        level=level_words(change.level),
        old=change.old / HUNDREDTHS,
        new=change.new / HUNDREDTHS,
        differs=change.differs / HUNDREDTHS,
        judged=change.judged / HUNDREDTHS,
    )

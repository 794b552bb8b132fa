"""The risk that somebody is mistreated abroad, assessed before anything is told, asked or used.

Avoiding Complicity in Mistreatment by Foreign Entities Act (S.C. 2019, c. 13, s. 49.1) and the
directions under it: no disclosure to a foreign entity and no request to it at a substantial risk
of mistreatment, no use of what was likely got by it, unless the risk can be mitigated. Whoever
cannot tell asks somebody above. Everything here fails closed: what was not assessed, or not for
this wording, or waits for the second person, is not done.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from havre.cases.abroad.rules.states import AbroadRefusedError, Direction, ExchangeKind, Step


class Act(StrEnum):
    """What the Act asks about."""

    DISCLOSURE = "disclosure"
    REQUEST = "request"
    USE = "use"


class Risk(StrEnum):
    """How the first person sees it."""

    NOT_SUBSTANTIAL = "not-substantial"
    SUBSTANTIAL = "substantial"
    UNDETERMINED = "undetermined"


class Measure(StrEnum):
    """What lessens a risk."""

    ASSURANCE = "assurance"
    CAVEAT = "caveat"
    DANGER_TO_LIFE = "danger-to-life"
    LESS_TOLD = "less-told"
    WATCHED = "watched"


class Decision(StrEnum):
    """What the second person decided."""

    ALLOW = "allow"
    REFUSE = "refuse"


class Ruling(StrEnum):
    """What an assessment comes to."""

    CLEARED = "cleared"
    REFUSED = "refused"
    WAITS = "waits"


class RiskRefusedError(AbroadRefusedError):
    """The act is not cleared. `act` is which one."""

    def __init__(self, act: Act) -> None:
        super().__init__(act)
        self.act = act


class NotAssessedError(RiskRefusedError):
    """Nobody has assessed this act for what stands there now."""


class UndecidedError(RiskRefusedError):
    """It was escalated, and the second person has not decided."""


class MistreatmentRiskError(RiskRefusedError):
    """The risk is substantial, and nobody found that it can be mitigated."""


class SamePersonError(AbroadRefusedError):
    """Whoever assessed a risk does not decide on it."""


class NoMeasureError(AbroadRefusedError):
    """A substantial risk is allowed only with a measure that lessens it."""


class NothingToDecideError(AbroadRefusedError):
    """The assessment does not wait for a second person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """One assessment, as the rules read it, in the order in which they were made."""

    acts: frozenset[Act]
    risk: Risk
    by: str
    # Which wording of the exchange it was made for.
    revision: int
    is_escalated: bool = False
    decision: Decision | None = None

    @property
    def ruling(self) -> Ruling:
        """What it comes to: refused unless the risk is low, or a second person allowed it."""
        if self.decision is not None:
            return Ruling.CLEARED if self.decision is Decision.ALLOW else Ruling.REFUSED
        if self.is_escalated:
            return Ruling.WAITS
        is_low = self.risk is Risk.NOT_SUBSTANTIAL
        return Ruling.CLEARED if is_low else Ruling.REFUSED


def acts_of(direction: Direction, kind: ExchangeKind, step: Step) -> tuple[Act, ...]:
    """Which acts a step is: whoever asks for something also tells something."""
    if step is Step.USE:
        return (Act.USE,)
    if step is Step.SEND:
        is_told_only = kind is ExchangeKind.NOTICE
        return (Act.DISCLOSURE,) if is_told_only else (Act.DISCLOSURE, Act.REQUEST)
    if step is Step.ANSWER and direction is Direction.IN:
        return (Act.DISCLOSURE,)
    return ()


def must_escalate(risk: Risk, acts: Iterable[Act], earlier: Iterable[Assessed]) -> bool:
    """Whether a low risk must still be looked at by a second person: somebody saw it otherwise.

    Whoever asks again until the answer is pleasant gets no further alone.
    """
    asked = frozenset(acts)
    doubted = any(one.risk is not Risk.NOT_SUBSTANTIAL and one.acts & asked for one in earlier)
    return risk is Risk.NOT_SUBSTANTIAL and doubted


def check_cleared(acts: Iterable[Act], made: Sequence[Assessed], *, revision: int) -> None:
    """Let nothing pass that was not assessed, for this wording, and cleared.

    Raises NotAssessedError, UndecidedError, MistreatmentRiskError.
    """
    for act in acts:
        last = next((one for one in reversed(made) if act in one.acts), None)
        if last is None or last.revision != revision:
            raise NotAssessedError(act)
        if last.ruling is Ruling.WAITS:
            raise UndecidedError(act)
        if last.ruling is Ruling.REFUSED:
            raise MistreatmentRiskError(act)


def check_decision(
    assessed: Assessed, decision: Decision, *, by: str, measures: Iterable[Measure]
) -> None:
    """Who may decide, and on what. Raises NothingToDecideError, SamePersonError, NoMeasureError."""
    if assessed.ruling is not Ruling.WAITS:
        raise NothingToDecideError
    if assessed.by == by:
        raise SamePersonError
    lessens = any(True for _ in measures) or assessed.risk is Risk.NOT_SUBSTANTIAL
    if decision is Decision.ALLOW and not lessens:
        raise NoMeasureError

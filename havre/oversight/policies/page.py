"""The pages of the policy in words: what a version changes, and what a simulation found."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from havre.agencies.models import Officer, is_same_person
from havre.agencies.rules.permits import Permit
from havre.audit.rules import Actor
from havre.intake.rules.submission import Channel
from havre.oversight.policies.reads import references_of
from havre.oversight.policies.rules import DOWN, UP
from havre.oversight.policies.wording import (
    CLOSING,
    COUNTS_ONLY,
    FIELDS,
    KINDS,
    STAGES,
    WHY_REFUSED,
)
from havre.oversight.rules import Share
from havre.plumbing import clock
from havre.triage.policies.models import Proposal, Simulation
from havre.triage.policies.reads import (
    PoliciesPage,
    base_policy,
    fits,
    policy_at,
    shipped_policy,
    simulation_of,
    stage_of,
)
from havre.triage.policies.rules.changing import Facts, facts_of
from havre.triage.policies.rules.words import Change, Kind, Stage, What
from havre.triage.rules.assess import rule_by
from havre.triage.rules.policy import Policy
from havre.triage.rules.words import Band
from havre.triage.wording import CHANNELS, LANES, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOVERS_SHOWN = 50
SUMMED = "sample"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One thing that a version changes: each field with what it was and what it is."""

    key: str
    thing: str
    kind: Promise
    fields: tuple[tuple[Promise, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """One report that would stand in another lane.

    For who may not see it `reference` is empty, and so is what was seen in it and came of it.
    """

    reference: str
    before: Promise
    after: Promise
    moved_by: str
    was_acted_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPage:
    """One version of the policy, and what may be done with it."""

    proposal: Proposal
    stage: Stage
    stage_word: Promise
    refused: Promise | None
    changes: tuple[ChangeRow, ...]
    things: tuple[tuple[Promise, tuple[tuple[str, str], ...]], ...]
    simulation: Simulation | None
    trial: dict[str, Any]
    is_tried: bool
    is_overtaken: bool
    is_mine: bool
    may_keep: bool

    @property
    def may_activate(self) -> bool:
        """Whether this reader may put it in force now."""
        is_ready = self.proposal.kind == Kind.RETURN or (self.is_tried and not self.is_overtaken)
        return self.may_keep and self.proposal.is_open and not self.is_mine and is_ready

    @property
    def is_running(self) -> bool:
        """Whether a simulation is under way."""
        return self.simulation is not None and self.simulation.finished_at is None

    @property
    def mark(self) -> str:
        """What of the page may change by itself, in a few characters."""
        done = self.simulation.done if self.simulation else 0
        return f"{self.stage}-{done}-{self.is_running}"


def policy_page(
    proposal: Proposal, *, start: int = 0, language: str, officer: Officer
) -> PolicyPage:
    """A version in the reader's language; the movers of its simulation from number `start` on."""
    now = clock.now()
    holding, (_text, before) = policy_at(now), base_policy(proposal)
    stage = stage_of(proposal, holding, now=now)
    simulation = simulation_of(proposal, actor=officer)
    in_force = holding.policy.version
    why = {one.proposal.pk: one.why for one in holding.refused}
    is_mine = is_same_person(proposal.drafted_by, officer)
    is_finished = simulation is not None and simulation.finished_at is not None
    return PolicyPage(
        proposal=proposal,
        stage=stage,
        stage_word=STAGES[stage],
        refused=WHY_REFUSED[why[proposal.pk]] if proposal.pk in why else None,
        changes=tuple(_change(one, before, language) for one in proposal.told_changes()),
        things=things(before, language) if stage is Stage.DRAFT else (),
        simulation=simulation,
        trial=trial_in_words(simulation, before, start=start, language=language, actor=officer)
        if simulation and is_finished
        else {},
        is_tried=fits(simulation, proposal, in_force=in_force),
        is_overtaken=proposal.is_open and in_force != proposal.based_on,
        is_mine=is_mine,
        may_keep=officer.may(Permit.POLICY_KEEP),
    )


def list_in_words(page: PoliciesPage) -> dict[str, Any]:
    """What the template of the versions is given."""
    return {
        "page": page,
        "rows": [(proposal, STAGES[stage]) for proposal, stage in page.rows],
        "refused": [(one.proposal, WHY_REFUSED[one.why]) for one in page.holding.refused],
        "shipped": shipped_policy(),
    }


def things(
    policy: Policy, language: str
) -> tuple[tuple[Promise, tuple[tuple[str, str], ...]], ...]:
    """Everything of a policy that may be changed, in groups, by its key."""
    names: dict[What, Callable[[], Iterator[str]]] = {
        What.LANE: lambda: iter(map(str, Band)),
        What.FACTOR: lambda: iter(policy.factors),
        What.RULE: lambda: (rule.id for rule in policy.combinations),
        What.CAP: lambda: iter(policy.caps),
        What.CLOSING: lambda: iter((SUMMED,)),
    }
    return tuple(
        (
            KINDS[what],
            tuple((f"{what}:{n}", thing_word(policy, what, n, language)) for n in listed()),
        )
        for what, listed in names.items()
    )


def thing_word(policy: Policy, what: What, name: str, language: str) -> str:
    """What one thing of a policy is called."""
    if what is What.LANE:
        return str(LANES[name])
    if what is What.CAP:
        return _("Group %(group)s") % {"group": name}
    if what is What.CLOSING:
        return str(CLOSING)
    return rule_by(name, policy=policy, language=language)


def asked_thing(key: str, proposal: Proposal) -> tuple[What, str, Facts, Policy] | None:
    """The thing that a key names, as the draft has it now; None for what the policy lacks."""
    kind, _colon, name = key.partition(":")
    _text, before = base_policy(proposal)
    try:
        what = What(kind)
        facts = facts_of(before, what, name)
    except (KeyError, ValueError):
        return None
    if what is What.CLOSING and name != SUMMED:
        return None
    drafted = next((one.new for one in proposal.told_changes() if one.key == key), {})
    return what, name, facts | drafted, before


def trial_in_words(
    simulation: Simulation, policy: Policy, *, start: int, language: str, actor: Actor
) -> dict[str, Any]:
    """What a simulation found, as its page shows it."""
    result = simulation.result
    bands = [str(band) for band in Band]
    shown = {way: result["movers"][way][start : start + MOVERS_SHOWN] for way in (UP, DOWN)}
    references = references_of({row[0] for rows in shown.values() for row in rows}, actor=actor)

    def mover(row: list[Any]) -> Mover:
        reference = references.get(row[0], "")
        return Mover(
            reference=reference,
            before=LANES[row[1]],
            after=LANES[row[2]],
            moved_by=rule_by(row[3], policy=policy, language=language) if reference else "",
            was_acted_on=bool(reference) and row[4],
        )

    listed = max(len(result["movers"][way]) for way in (UP, DOWN))
    return {
        "acted": result["acted"],
        "grid": [
            (LANES[b], [(LANES[a], result["lanes"][b + a], a == b) for a in bands]) for b in bands
        ],
        "lane_words": [LANES[band] for band in bands],
        "moved": result["moved"],
        "reordered": result["reordered"],
        "opened": result["opened"],
        "unreadable": result["unreadable"],
        "up": [mover(row) for row in shown[UP]],
        "down": [mover(row) for row in shown[DOWN]],
        "listed": {way: len(result["movers"][way]) for way in (UP, DOWN)},
        "next": start + MOVERS_SHOWN if listed > start + MOVERS_SHOWN else 0,
        "start": start,
        "origins": [_origin(*one) for one in sorted(result["origins"].items())],
    }


def _origin(code: str, counted: dict[str, dict[str, int]]) -> dict[str, Any]:
    channel, _bar, spoken = code.partition("|")
    whole = sum(counted["before"].values())
    return {
        "channel": CHANNELS[Channel(channel)],
        "language": LANGUAGES.get(spoken, spoken),
        "total": whole,
        "shares": [
            (LANES[b], Share(counted["before"][b], whole), Share(counted["after"][b], whole))
            for b in map(str, Band)
        ],
    }


def _change(change: Change, before: Policy, language: str) -> ChangeRow:
    try:
        facts = facts_of(before, change.what, change.id)
    except (KeyError, ValueError):
        facts = {}
    return ChangeRow(
        key=change.key,
        thing=thing_word(before, change.what, change.id, language),
        kind=KINDS[change.what],
        fields=tuple(
            (FIELDS[name], _said(name, facts.get(name, "")), _said(name, value))
            for name, value in change.new.items()
        ),
    )


def _said(name: str, value: int | str) -> str:
    if name == "lane":
        return str(LANES[str(value)] if value else COUNTS_ONLY)
    return str(value)

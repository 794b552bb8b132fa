"""Questions to the versions of the policy: which holds now, and which others there are."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db.models import Max, QuerySet

from havre.audit.rules import Actor
from havre.plumbing import clock
from havre.plumbing.context import kept
from havre.plumbing.values.written import written_once
from havre.triage.policies.models import Proposal, Simulation
from havre.triage.policies.rules.changing import digest_of, read_text, shipped_text
from havre.triage.policies.rules.floor import below
from havre.triage.policies.rules.words import Kind, Refusal, Stage
from havre.triage.policies.signing import is_signed
from havre.triage.rules.policy import Policy, load_policy

ROWS = 50
# So many activations back, a good one stands among them or the file that Havre came with does.
LOOKED_AT = 20
_HELD = "policy-in-force"

# Policies that this process has read and found good, by what vouches for them.
_good: dict[tuple[UUID, str, bytes], Policy] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A version that was put in force and is not followed, and why."""

    proposal: Proposal
    why: Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """The policy that holds: by which proposal (none is the file that Havre came with)."""

    policy: Policy
    proposal: Proposal | None
    refused: tuple[Refused, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PoliciesPage:
    """A page of proposals, the latest first, and what holds now."""

    rows: tuple[tuple[Proposal, Stage], ...]
    next: str
    holding: Holding


@cache
def shipped_policy() -> Policy:
    """The policy that Havre came with: version one, and the floor of all others."""
    return load_policy()


def policy_in_force(*, anew: bool = False) -> Policy:
    """The policy that reports are scored by at this moment.

    A page asks once; `anew` is for whoever decides something by it.
    """
    found = kept()
    if anew or _HELD not in found:
        found[_HELD] = policy_at(clock.now()).policy
    policy: Policy = found[_HELD]
    return policy


def policy_at(moment: datetime) -> Holding:
    """What holds at a moment: what was decided last and has begun; never one that fails a check."""
    refused: list[Refused] = []
    for proposal in _begun(moment):
        policy, why = read_good(proposal)
        if policy is not None:
            return Holding(policy=policy, proposal=proposal, refused=tuple(refused))
        if why is not None:
            refused.append(Refused(proposal=proposal, why=why))
    return Holding(policy=shipped_policy(), proposal=None, refused=tuple(refused))


def read_good(proposal: Proposal) -> tuple[Policy | None, Refusal | None]:
    """The policy of an activation with a good signature, text and floor, or why it is refused."""
    key = (proposal.pk, proposal.digest, bytes(proposal.signature or b""))
    if not is_signed(proposal.signed_facts(), bytes(proposal.signature or b"")):
        return None, Refusal.SIGNATURE
    if key not in _good:
        text = text_of(proposal)
        if digest_of(text) != proposal.digest:
            return None, Refusal.SIGNATURE
        try:
            policy = read_text(text)
        except (KeyError, TypeError, ValueError):
            return None, Refusal.UNREADABLE
        if below(policy, shipped_policy()):
            return None, Refusal.BELOW_FLOOR
        _good[key] = policy
    return _good[key], None


def text_of(proposal: Proposal) -> str:
    """The whole policy of a proposal, as kept text."""
    if proposal.kind == Kind.CHANGE:
        return proposal.text
    return proposal.returns_to.text if proposal.returns_to else shipped_text()


def policy_of(proposal: Proposal) -> Policy:
    """The policy that a proposal would put in force. Raises ValueError when it cannot be read."""
    return read_text(text_of(proposal))


def base_policy(proposal: Proposal) -> tuple[str, Policy]:
    """The text and policy that a draft is made from: what holds now, or held when it was begun."""
    holding = policy_at(clock.now())
    if holding.policy.version == proposal.based_on or proposal.is_draft:
        text = text_of(holding.proposal) if holding.proposal else shipped_text()
        return text, holding.policy
    earlier = Proposal.objects.filter(version=proposal.based_on, kind=Kind.CHANGE).first()
    text = earlier.text if earlier else shipped_text()
    return text, read_text(text)


def proposal_of(proposal_id: UUID, *, actor: Actor) -> Proposal:
    """One proposal. Raises Proposal.DoesNotExist."""
    found = Proposal.objects.visible_to(actor)
    return found.select_related("drafted_by", "activated_by", "withdrawn_by", "returns_to").get(
        pk=proposal_id
    )


def stage_of(proposal: Proposal, holding: Holding, *, now: datetime) -> Stage:
    """Where a proposal stands."""
    if proposal.withdrawn_at:
        return Stage.WITHDRAWN
    if proposal.is_draft:
        return Stage.DRAFT
    if proposal.activated_at is None:
        return Stage.PROPOSED
    if any(one.proposal.pk == proposal.pk for one in holding.refused):
        return Stage.REFUSED
    if holding.proposal and holding.proposal.pk == proposal.pk:
        return Stage.IN_FORCE
    holds_since = holding.proposal.activated_at if holding.proposal else None
    is_ahead = proposal.effective_at is not None and proposal.effective_at > now
    is_later = holds_since is None or proposal.activated_at > holds_since
    return Stage.TO_BEGIN if is_ahead and is_later else Stage.ENDED


def policies_page(*, after: str = "", actor: Actor) -> PoliciesPage:
    """Proposals, the latest first; `after` is what the page before gave as its `next`."""
    found = (
        Proposal.objects.visible_to(actor)
        .defer("text")
        .select_related("drafted_by", "activated_by")
    )
    if after.isdecimal():
        found = found.filter(number__lt=int(after[:9]))
    now, proposals = clock.now(), list(found[: ROWS + 1])
    holding = policy_at(now)
    rows = tuple((one, stage_of(one, holding, now=now)) for one in proposals[:ROWS])
    is_more = len(proposals) > ROWS
    return PoliciesPage(
        rows=rows, next=str(proposals[ROWS - 1].number) if is_more else "", holding=holding
    )


def simulation_of(proposal: Proposal, *, actor: Actor) -> Simulation | None:
    """The latest simulation of a proposal."""
    found = Simulation.objects.visible_to(actor).filter(proposal=proposal)
    return found.select_related("asked_by").order_by("-id").first()


def fits(simulation: Simulation | None, proposal: Proposal, *, in_force: str) -> bool:
    """Whether a finished simulation tried exactly this text against what holds now."""
    return bool(
        simulation
        and simulation.finished_at
        and simulation.digest == proposal.digest
        and simulation.against == in_force
    )


def next_number() -> int:
    """The number of the next proposal; number one is the file that Havre came with."""
    return int(Proposal.objects.aggregate(most=Max("number"))["most"] or 1) + 1


@written_once
def _begun(moment: datetime) -> QuerySet[Proposal]:
    found = Proposal.objects.filter(activated_at__isnull=False, effective_at__lte=moment)
    slim = found.defer("text", "returns_to__text").select_related("returns_to")
    return slim.order_by("-activated_at", "-number")[:LOOKED_AT]

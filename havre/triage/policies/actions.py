"""Proposing a policy, putting it in force as a second person, and going back."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from havre.agencies.models import Officer, is_same_person
from havre.audit.actions import action, record
from havre.audit.rules import Event
from havre.plumbing import clock, ids
from havre.plumbing.context import kept
from havre.plumbing.queue import defer
from havre.triage.policies.models import Proposal, Simulation
from havre.triage.policies.reads import (
    PoliciesPage,
    base_policy,
    fits,
    next_number,
    policies_page,
    policy_at,
    proposal_of,
    shipped_policy,
    simulation_of,
    text_of,
)
from havre.triage.policies.rules.changing import (
    changed_text,
    digest_of,
    numbered,
    read_text,
    what_is_new,
)
from havre.triage.policies.rules.floor import below
from havre.triage.policies.rules.words import (
    BelowFloorError,
    Change,
    Kind,
    NothingChangedError,
    NotOpenError,
    NotSimulatedError,
    OvertakenError,
    OwnPolicyError,
    PastMomentError,
)
from havre.triage.policies.signing import signature_of

SIMULATE = "simulate-policy"
# A moment typed into a form has no seconds: the minute that runs now is not past.
A_MINUTE = timedelta(minutes=1)


@action(Event.POLICIES_READ)
def read_policies(*, after: str = "", by: Officer) -> PoliciesPage:
    """Look at the versions of the policy."""
    page = policies_page(after=after, actor=by)
    rows = len(page.rows)
    record(Event.POLICIES_READ, about_kind="policy", about="everything", by=by, rows=rows)
    return page


@action(Event.POLICIES_READ)
def read_policy(proposal_id: UUID, *, by: Officer) -> Proposal:
    """Look at one version. Raises Proposal.DoesNotExist; a draft is its author's alone."""
    proposal = proposal_of(proposal_id, actor=by)
    if proposal.is_draft and not is_same_person(proposal.drafted_by, by):
        raise Proposal.DoesNotExist
    record(Event.POLICIES_READ, about_kind="policy", about=proposal.pk, by=by, rows=1)
    return proposal


@action(Event.POLICY_DRAFTED)
def draft_policy(*, by: Officer) -> Proposal:
    """Begin a change of the policy in force, or go on with the one that was begun."""
    own = Proposal.objects.visible_to(by).filter(drafted_by=by)
    proposal = own.filter(proposed_at=None, withdrawn_at=None).first()
    if proposal is None:
        version = policy_at(clock.now()).policy.version
        number = next_number()
        proposal = Proposal(
            id=ids.uuid7(),
            number=number,
            kind=Kind.CHANGE,
            version=numbered(version, number),
            based_on=version,
            drafted_by=by,
        )
        proposal.save(force_insert=True)
    record(Event.POLICY_DRAFTED, about_kind="policy", about=proposal.pk, by=by)
    return proposal


@action(Event.POLICY_CHANGED)
def change_policy(proposal_id: UUID, change: Change, *, by: Officer) -> Proposal:
    """Write a change into one's own draft, in place of an earlier one to the same thing.

    A change that gives what holds already takes the earlier one out. Raises NotOpenError,
    BelowFloorError, and ValueError or KeyError for what the policy does not hold.
    """
    proposal = _own_draft(proposal_id, by)
    _text, before = base_policy(proposal)
    new = what_is_new(before, change)
    others = [one for one in proposal.told_changes() if one.key != change.key]
    changes = [*others, Change(what=change.what, id=change.id, new=new)] if new else others
    _drafted_text(proposal, changes)
    proposal.changes = [{"what": one.what, "id": one.id, "new": one.new} for one in changes]
    proposal.save(update_fields=["changes"])
    record(
        Event.POLICY_CHANGED,
        about_kind="policy",
        about=proposal.pk,
        by=by,
        thing=change.key,
        fields=sorted(new),
    )
    return proposal


@action(Event.POLICY_PROPOSED)
def propose_policy(proposal_id: UUID, *, reason: str, by: Officer) -> Proposal:
    """Close one's draft: from here on it is tried and put in force exactly so.

    Raises NotOpenError, NothingChangedError, BelowFloorError.
    """
    proposal = _own_draft(proposal_id, by)
    if not proposal.changes:
        raise NothingChangedError
    version = policy_at(clock.now()).policy.version
    proposal.based_on, proposal.version = version, numbered(version, proposal.number)
    proposal.text = _drafted_text(proposal, proposal.told_changes())
    proposal.digest, proposal.reason = digest_of(proposal.text), reason
    proposal.proposed_at = clock.now()
    proposal.save()
    _say_proposed(proposal, by)
    return proposal


@action(Event.POLICY_PROPOSED)
def ask_to_return(number: int, *, reason: str, by: Officer) -> Proposal:
    """Ask that an earlier version holds again; number one is the file that Havre came with.

    A second person puts it in force, without a simulation: it has held before. Raises
    Proposal.DoesNotExist, NothingChangedError when it holds now.
    """
    earlier = None
    if number > 1:
        held = Proposal.objects.visible_to(by).filter(kind=Kind.CHANGE, activated_at__isnull=False)
        earlier = held.get(number=number)
    in_force = policy_at(clock.now()).policy.version
    version = earlier.version if earlier else shipped_policy().version
    if version == in_force:
        raise NothingChangedError
    proposal = Proposal(
        id=ids.uuid7(),
        number=next_number(),
        kind=Kind.RETURN,
        version=version,
        based_on=in_force,
        returns_to=earlier,
        reason=reason,
        drafted_by=by,
        proposed_at=clock.now(),
    )
    proposal.digest = digest_of(text_of(proposal))
    proposal.save(force_insert=True)
    _say_proposed(proposal, by)
    return proposal


@action(Event.POLICY_WITHDRAWN)
def withdraw_policy(proposal_id: UUID, *, by: Officer) -> Proposal:
    """Take a draft or a proposal back, or refuse it. Raises NotOpenError."""
    proposal = _locked(proposal_id, by)
    is_own_draft = proposal.is_draft and is_same_person(proposal.drafted_by, by)
    if not (proposal.is_open or is_own_draft):
        raise NotOpenError
    proposal.withdrawn_by, proposal.withdrawn_at = by, clock.now()
    proposal.save(update_fields=["withdrawn_by", "withdrawn_at"])
    record(Event.POLICY_WITHDRAWN, about_kind="policy", about=proposal.pk, by=by)
    return proposal


@action(Event.SIMULATION_ASKED)
def ask_to_simulate(proposal_id: UUID, *, days: int, by: Officer) -> Simulation:
    """Have a proposal tried on the reports of the last days. Raises NotOpenError."""
    proposal = _locked(proposal_id, by)
    if not proposal.is_open:
        raise NotOpenError
    simulation = Simulation(
        id=ids.uuid7(),
        proposal=proposal,
        digest=proposal.digest,
        against=policy_at(clock.now()).policy.version,
        days=days,
        asked_by=by,
        # Counted by the job, which sees every compartment.
        total=0,
    )
    simulation.save(force_insert=True)
    defer(SIMULATE, queue="sweep", simulation=str(simulation.pk))
    about, asked = proposal.pk, str(simulation.pk)
    record(
        Event.SIMULATION_ASKED, about_kind="policy", about=about, by=by, simulation=asked, days=days
    )
    return simulation


@action(Event.POLICY_ACTIVATED)
def activate_policy(
    proposal_id: UUID, *, effective_at: datetime | None = None, by: Officer
) -> Proposal:
    """Put a proposal in force as a second person, at once or from a moment on.

    Raises NotOpenError, OwnPolicyError, OvertakenError, NotSimulatedError, BelowFloorError,
    PastMomentError.
    """
    proposal, now = _locked(proposal_id, by), clock.now()
    if not proposal.is_open:
        raise NotOpenError
    if is_same_person(proposal.drafted_by, by):
        raise OwnPolicyError
    _check_tried(proposal, now, by)
    if effective_at is not None and effective_at < now - A_MINUTE:
        raise PastMomentError
    proposal.activated_by, proposal.activated_at = by, now
    proposal.effective_at = max(effective_at or now, now)
    proposal.signature = signature_of(proposal.signed_facts())
    proposal.save(update_fields=["activated_by", "activated_at", "effective_at", "signature"])
    kept().clear()
    record(
        Event.POLICY_ACTIVATED,
        about_kind="policy",
        about=proposal.pk,
        by=by,
        version=proposal.version,
        digest=proposal.digest,
        effective=proposal.effective_at.isoformat(),
        signature=proposal.signature.hex(),
    )
    return proposal


def _locked(proposal_id: UUID, by: Officer) -> Proposal:
    """A proposal that nobody else changes meanwhile; drafts are their authors' alone.

    What is in force is not to be had for change: the database hides it from whoever asks so.
    """
    is_mine = Q(proposed_at__isnull=False) | Q(drafted_by__in=Officer.objects.rows_of(by))
    found = Proposal.objects.visible_to(by).filter(is_mine, pk=proposal_id)
    held = found.select_for_update(of=("self",)).first()
    if held is None:
        found.get()
        raise NotOpenError
    return held


def _own_draft(proposal_id: UUID, by: Officer) -> Proposal:
    proposal = _locked(proposal_id, by)
    if not proposal.is_draft or not is_same_person(proposal.drafted_by, by):
        raise NotOpenError
    return proposal


def _drafted_text(proposal: Proposal, changes: Iterable[Change]) -> str:
    """The text that changes make of what holds now. Raises BelowFloorError, ValueError."""
    text, before = base_policy(proposal)
    made = changed_text(
        text,
        changes,
        version=numbered(before.version, proposal.number),
        in_force=f"{clock.now():%Y-%m-%d}",
    )
    lower = below(read_text(made), shipped_policy())
    if lower:
        raise BelowFloorError(lower)
    return made


def _check_tried(proposal: Proposal, now: datetime, by: Officer) -> None:
    """It must read well, stand on what holds now, and have been tried; what held before, was."""
    text = text_of(proposal)
    lower = below(read_text(text), shipped_policy())
    if lower:
        raise BelowFloorError(lower)
    in_force = policy_at(now).policy.version
    if proposal.kind == Kind.RETURN:
        if digest_of(text) != proposal.digest:
            raise NotSimulatedError
        return
    if in_force != proposal.based_on:
        raise OvertakenError
    tried = simulation_of(proposal, actor=by)
    if digest_of(text) != proposal.digest or not fits(tried, proposal, in_force=in_force):
        raise NotSimulatedError


def _say_proposed(proposal: Proposal, by: Officer) -> None:
    record(
        Event.POLICY_PROPOSED,
        about_kind="policy",
        about=proposal.pk,
        by=by,
        kind=proposal.kind,
        version=proposal.version,
        digest=proposal.digest,
    )

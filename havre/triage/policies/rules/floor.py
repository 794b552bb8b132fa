"""What no version of the policy may weaken.

The floor is the file that Havre came with, and nothing else: its IMMEDIATE lane, and every
criterion of immediate intervention (those whose basis is "5.2"), stand there at least. A version
may raise them, never lower them, and may let nobody wait longer in the two first lanes.
"""

from collections.abc import Iterator

from havre.triage.policies.rules.changing import lane_alone
from havre.triage.rules.policy import Combination, Policy
from havre.triage.rules.words import Band

# What the published criteria for immediate intervention say (see the head of the policy's file).
PUBLISHED = "5.2"
# Behind every lane: a factor that asks for none.
_NO_LANE = "Z"
_KEPT_CLOCKS = (Band.A, Band.B)


def below(policy: Policy, floor: Policy) -> tuple[str, ...]:
    """Everything that stands lower in a policy than the floor holds it, as "factor:weapon"."""
    return tuple(
        dict.fromkeys((*_factors(policy, floor), *_rules(policy, floor), *_others(policy, floor)))
    )


def held_lane(floor: Policy, factor: str) -> str:
    """The lane below which a factor may not stand by itself; "" when it is free."""
    lane = lane_alone(floor, factor)
    is_held = lane == Band.A or floor.factors[factor].basis.startswith(PUBLISHED)
    return lane if is_held else ""


def held_rule(rule: Combination) -> str:
    """The lane below which a rule of the floor may not stand; "" when it is free."""
    is_held = rule.band is Band.A or rule.basis.startswith(PUBLISHED)
    return str(rule.band) if is_held else ""


def _factors(policy: Policy, floor: Policy) -> Iterator[str]:
    for name in floor.factors:
        held = held_lane(floor, name)
        is_known = name in policy.factors
        if (
            not is_known
            or (held and (lane_alone(policy, name) or _NO_LANE) > held)
            or not set(floor.factors[name].words) <= set(policy.factors[name].words)
        ):
            yield f"factor:{name}"


def _rules(policy: Policy, floor: Policy) -> Iterator[str]:
    known = {rule.id: rule for rule in policy.combinations}
    for rule in floor.combinations:
        held = held_rule(rule)
        if not held:
            continue
        now = known.get(rule.id)
        if now is None or now.band > held or not _is_as_wide(now, rule):
            yield f"rule:{rule.id}"


def _is_as_wide(now: Combination, rule: Combination) -> bool:
    """Whether a rule still holds wherever the floor's does."""
    if not now.unless <= rule.unless:
        return False
    return all(any(names <= wider for names in rule.every) for wider in now.every)


def _others(policy: Policy, floor: Policy) -> Iterator[str]:
    for band in _KEPT_CLOCKS:
        if policy.lanes[band].minutes > floor.lanes[band].minutes:
            yield f"lane:{band}"
    for name, gap in floor.gaps.items():
        if name not in policy.gaps or policy.gaps[name].closed_by != gap.closed_by:
            yield f"gap:{name}"

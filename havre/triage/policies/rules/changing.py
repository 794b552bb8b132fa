"""A policy with changes: the tree that they make of it, and what each thing says now."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from copy import deepcopy
from hashlib import sha256
from pathlib import Path
from typing import Any

from havre.triage.policies.rules.words import Change, What
from havre.triage.rules.policy import CURRENT, Policy, Wording, read_policy
from havre.triage.rules.words import Band

# Between the version that Havre came with and the number of a proposal made from it.
MARK = "+"
NO_LANE = ""

Tree = dict[str, Any]
Facts = dict[str, int | str]


def base_of(version: str) -> str:
    """The version that Havre came with, of which this one was made. Both know the same words."""
    return version.partition(MARK)[0]


def numbered(version: str, number: int) -> str:
    """The name of the version that proposal `number` makes."""
    return f"{base_of(version)}{MARK}{number}"


def shipped_text(path: Path = CURRENT) -> str:
    """The policy that Havre came with, as the text that versions are kept in."""
    return written(tomllib.loads(path.read_text(encoding="utf-8")))


def written(tree: Mapping[str, Any]) -> str:
    """A policy's tree as text. Its order is kept: it decides between rules of one lane."""
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":"))


def digest_of(text: str) -> str:
    """The SHA-256 of a policy's text, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def read_text(text: str) -> Policy:
    """The policy of a kept text. Raises ValueError naming the place of a fault."""
    return read_policy(json.loads(text))


def changed_text(text: str, changes: Iterable[Change], *, version: str, in_force: str) -> str:
    """The text of a policy with changes, under a name of its own. Raises ValueError, KeyError."""
    tree: Tree = deepcopy(json.loads(text))
    tree["version"], tree["in_force"] = version, in_force
    for change in changes:
        _APPLIED[change.what](tree, change)
    return written(tree)


def facts_of(policy: Policy, what: What, name: str) -> Facts:
    """What a policy says of one thing, as a change would say it. Raises KeyError, ValueError."""
    if what is What.FACTOR:
        factor = policy.factors[name]
        facts: Facts = {"points": factor.points, "lane": lane_alone(policy, name)}
        return facts | _words(label=factor.label, chip=factor.chip)
    if what is What.RULE:
        rule = next((one for one in policy.combinations if one.id == name), None)
        if rule is None:
            raise KeyError(name)
        return {"lane": str(rule.band)} | _words(label=rule.label)
    if what is What.LANE:
        return {"minutes": policy.lanes[Band(name)].minutes}
    if what is What.CAP:
        return {"points": policy.caps[name]}
    return {"percent": policy.closing_sample_percent}


def lane_alone(policy: Policy, factor: str) -> str:
    """The highest lane that a factor asks for by itself; "" when it only counts."""
    return next((str(band) for band in Band if factor in policy.lanes[band].alone), NO_LANE)


def what_is_new(before: Policy, change: Change) -> Facts:
    """What of a change differs from the policy it is made to. Raises KeyError, ValueError."""
    facts = facts_of(before, change.what, change.id)
    return {
        name: value for name, value in change.new.items() if name in facts and facts[name] != value
    }


def _words(**wordings: Wording) -> Facts:
    words: Facts = {}
    for name, wording in wordings.items():
        words |= {f"{name}_en": wording.en, f"{name}_fr": wording.fr}
    return words


def _row(tree: Tree, kind: str, name: str) -> Tree:
    for row in tree[kind]:
        if row["id"] == name:
            found: Tree = row
            return found
    raise KeyError(name)


def _factor(tree: Tree, change: Change) -> None:
    row = _row(tree, "factor", change.id)
    row |= {name: value for name, value in change.new.items() if name != "lane"}
    if "lane" not in change.new:
        return
    for band in Band:
        lane = tree["band"][band]
        others = [name for name in lane["alone"] if name != change.id]
        lane["alone"] = [*others, change.id] if band == change.new["lane"] else others


def _rule(tree: Tree, change: Change) -> None:
    row = _row(tree, "rule", change.id)
    row |= {("band" if name == "lane" else name): value for name, value in change.new.items()}


def _lane(tree: Tree, change: Change) -> None:
    tree["band"][change.id]["minutes"] = change.new["minutes"]


def _cap(tree: Tree, change: Change) -> None:
    tree["caps"][change.id] = change.new["points"]


def _closing(tree: Tree, change: Change) -> None:
    tree["closing"] = {"sample_percent": change.new["percent"]}


_APPLIED = {
    What.CAP: _cap,
    What.CLOSING: _closing,
    What.FACTOR: _factor,
    What.LANE: _lane,
    What.RULE: _rule,
}

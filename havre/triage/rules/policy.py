"""The triage policy: a versioned file of factors, points, lanes and words, read and checked."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import re2

from havre.triage.reading.rules.concepts import Concepts, read_concepts
from havre.triage.reading.rules.frames import Frame, read_frames
from havre.triage.reading.rules.senses import Sense, read_senses
from havre.triage.rules.words import Band, Score

# The group of signs that say how a text reads. They are no danger, and no danger is among them.
READING = "reading"
# A policy that says nothing of the sample has every closing read twice; none has fewer than these.
EVERY_ONE, FEWEST = 100, 5
CURRENT = Path(__file__).parent.parent / "policy" / "2026-12-02.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A text in both languages."""

    en: str
    fr: str

    def in_language(self, language: str) -> str:
        """The French text for "fr" and "fr-CA", else the English one."""
        return self.fr if language.startswith("fr") else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """Something that counts: its points, its cap group, and the RE2 words it is known by."""

    id: str
    score: Score
    points: int
    group: str
    label: Wording
    chip: Wording
    basis: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something not known. It is shown, may count a little, and never lowers."""

    id: str
    closed_by: frozenset[str]
    points: int
    group: str
    label: Wording
    chip: Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """A rule that sets a lane when each of its lists holds at least one factor seen.

    `unless` stands on a rule for texts that nothing else understood, and names the ordinary
    readings it gives way to; a rule that a sign of danger asks for has none.
    """

    id: str
    band: Band
    every: tuple[frozenset[str], ...]
    unless: frozenset[str]
    label: Wording
    basis: str

    def holds(self, factors: frozenset[str]) -> bool:
        """Whether every list of the rule is met, and nothing it gives way to is seen."""
        return not self.unless & factors and all(names & factors for names in self.every)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A lane: its word, its first-look target, and the factors that alone put a report there."""

    band: Band
    minutes: int
    name: Wording
    alone: frozenset[str]


T = TypeVar("T", Factor, Gap, Combination)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One version of the policy. A score says which version made it."""

    version: str
    in_force: str
    factors: Mapping[str, Factor]
    gaps: Mapping[str, Gap]
    caps: Mapping[str, int]
    lanes: Mapping[Band, Lane]
    combinations: tuple[Combination, ...]
    concepts: Concepts
    frames: tuple[Frame, ...]
    senses: tuple[Sense, ...]
    default_rule: Wording
    # Of so many in a hundred reports closed without referral, a second person reads the closing.
    closing_sample_percent: int
    title_without_reason: Wording

    def wording(self, code: str) -> tuple[Wording, Wording]:
        """The label and chip of a factor or gap. Raises KeyError on a code of another policy."""
        known = self.factors.get(code) or self.gaps[code]
        return known.label, known.chip


def load_policy(path: Path = CURRENT) -> Policy:
    """The policy of a file. Raises OSError, or ValueError naming the place of a fault."""
    return parse_policy(path.read_text(encoding="utf-8"))


def parse_policy(text: str) -> Policy:
    """The policy a TOML text holds, checked whole. Raises ValueError naming a fault's place."""
    return read_policy(tomllib.loads(text))


def read_policy(tree: Mapping[str, Any]) -> Policy:
    """The policy of a tree, checked whole. Raises ValueError naming a fault's place."""
    policy = Policy(
        version=_text(tree, "version", "policy"),
        in_force=str(tree.get("in_force", "")),
        factors=_unique(_factors(tree), "factor"),
        gaps=_unique(_gaps(tree), "gap"),
        caps=_caps(tree),
        lanes=_lanes(tree),
        combinations=tuple(_unique(_combinations(tree), "rule").values()),
        concepts=read_concepts(tree),
        frames=read_frames(tree),
        senses=read_senses(tree),
        default_rule=_wording(tree, "default_rule", "policy"),
        closing_sample_percent=_points(
            {"sample_percent": EVERY_ONE} | tree.get("closing", {}),
            "sample_percent",
            "closing",
            least=FEWEST,
        ),
        title_without_reason=_wording(tree, "title_without_reason", "policy"),
    )
    _check_names(policy)
    _check_gaps(policy)
    return policy


def _factors(tree: Mapping[str, Any]) -> Iterator[Factor]:
    for number, row in enumerate(tree.get("factor", ()), start=1):
        place = f"factor {row.get('id', number)}"
        words = tuple(row.get("words", ()))
        for pattern in words:
            try:
                re2.compile(pattern)
            except re2.error as error:
                msg = f"{place}: the words {pattern!r} are not RE2: {error}"
                raise ValueError(msg) from error
        yield Factor(
            id=_text(row, "id", place),
            score=Score(_one_of(row, "score", tuple(Score), place)),
            points=_points(row, "points", place, least=1),
            group=_text(row, "group", place),
            label=_wording(row, "label", place),
            chip=_wording(row, "chip", place),
            basis=_text(row, "basis", place),
            words=words,
        )


def _gaps(tree: Mapping[str, Any]) -> Iterator[Gap]:
    for number, row in enumerate(tree.get("gap", ()), start=1):
        place = f"gap {row.get('id', number)}"
        yield Gap(
            id=_text(row, "id", place),
            closed_by=frozenset(row.get("closed_by", ())),
            points=_points(row, "points", place, least=0),
            group=_text(row, "group", place),
            label=_wording(row, "label", place),
            chip=_wording(row, "chip", place),
        )


def _caps(tree: Mapping[str, Any]) -> dict[str, int]:
    caps = tree.get("caps", {})
    return {group: _points(caps, group, "caps", least=1) for group in caps}


def _lanes(tree: Mapping[str, Any]) -> dict[Band, Lane]:
    lanes = {}
    for band in Band:
        row, place = tree.get("band", {}).get(band, {}), f"band {band}"
        lanes[band] = Lane(
            band=band,
            minutes=_points(row, "minutes", place, least=1),
            name=_wording(row, "name", place),
            alone=frozenset(row.get("alone", ())),
        )
    return lanes


def _combinations(tree: Mapping[str, Any]) -> Iterator[Combination]:
    for number, row in enumerate(tree.get("rule", ()), start=1):
        place = f"rule {row.get('id', number)}"
        every = tuple(frozenset(alternatives) for alternatives in row.get("every", ()))
        if not every:
            msg = f"{place}: without conditions it would hold for every report"
            raise ValueError(msg)
        yield Combination(
            id=_text(row, "id", place),
            band=Band(_one_of(row, "band", tuple(Band), place)),
            every=every,
            unless=frozenset(row.get("unless", ())),
            label=_wording(row, "label", place),
            basis=_text(row, "basis", place),
        )


def _check_names(policy: Policy) -> None:
    """Every lane, rule, gap and group speaks of things the policy holds."""
    named = [(f"band {lane.band}", lane.alone) for lane in policy.lanes.values()]
    named += [(f"rule {rule.id}", alt) for rule in policy.combinations for alt in rule.every]
    named += [(f"rule {rule.id}", rule.unless) for rule in policy.combinations]
    named += [(f"gap {gap.id}", gap.closed_by) for gap in policy.gaps.values()]
    named += [("near", frozenset({near.factor})) for near in policy.concepts.near]
    named += [("frame", one.named()) for one in policy.frames]
    named += [("sense", frozenset({one.sign})) for one in policy.senses]
    for place, factors in named:
        for factor in sorted(factors - policy.factors.keys()):
            msg = f"{place}: there is no factor {factor!r}"
            raise ValueError(msg)
    for rule in policy.combinations:
        for name in sorted(rule.unless):
            if policy.factors[name].group != READING:
                msg = f"rule {rule.id}: {name!r} is no reading, and may not keep a report back"
                raise ValueError(msg)
    rule_ids = {rule.id for rule in policy.combinations}
    for doubled in sorted((rule_ids | policy.gaps.keys()) & policy.factors.keys()):
        msg = f"{doubled}: one id for two things"
        raise ValueError(msg)
    groups = {name: factor.group for name, factor in policy.factors.items()}
    groups |= {name: gap.group for name, gap in policy.gaps.items()}
    for name, group in groups.items():
        if group not in policy.caps:
            msg = f"{name}: its group {group!r} has no cap"
            raise ValueError(msg)


def _check_gaps(policy: Policy) -> None:
    """Closing a gap never costs points: the fact is worth as much, in the same group."""
    for gap in policy.gaps.values():
        for factor in (policy.factors[name] for name in sorted(gap.closed_by)):
            if gap.points and (factor.group != gap.group or factor.points < gap.points):
                msg = f"gap {gap.id}: knowing {factor.id!r} would lower the risk"
                raise ValueError(msg)


def _unique(rows: Iterator[T], what: str) -> dict[str, T]:
    held: dict[str, T] = {}
    for row in rows:
        if row.id in held:
            msg = f"{what} {row.id}: this id stands twice"
            raise ValueError(msg)
        held[row.id] = row
    return held


def _text(row: Mapping[str, Any], key: str, place: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        msg = f"{place}: {key} is missing"
        raise ValueError(msg)
    return value


def _wording(row: Mapping[str, Any], key: str, place: str) -> Wording:
    return Wording(en=_text(row, f"{key}_en", place), fr=_text(row, f"{key}_fr", place))


def _points(row: Mapping[str, Any], key: str, place: str, *, least: int) -> int:
    value = row.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        msg = f"{place}: {key} is not a whole number of {least} or more"
        raise ValueError(msg)
    return value


def _one_of(row: Mapping[str, Any], key: str, allowed: tuple[str, ...], place: str) -> str:
    value = row.get(key)
    if value not in allowed:
        msg = f"{place}: {key} is not one of {', '.join(allowed)}"
        raise ValueError(msg)
    return str(value)

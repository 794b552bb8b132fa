"""A report's lane and its two scores, every point with its reason.

The lane is set by rule; points only order reports inside a lane. Both are monotone: one more sign
of danger never lowers either. What is not known is named as a gap and is not low.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from havre.intake.rules.submission import PersonRole, PlaceRole, Submission
from havre.triage.jurisdiction.rules.places import places_in_text
from havre.triage.rules.policy import Policy
from havre.triage.rules.signs import find_signs
from havre.triage.rules.words import (
    Assessment,
    Band,
    FoundLike,
    LinkFacts,
    Reason,
    Score,
    Sign,
)

HIGHEST_SCORE = 100
MOST_CHIPS = 4
TITLE_REASONS = 2
DEFAULT_RULE = "in-turn"
# Where a reason stands that the links give.
LINKS = "links"
_SEVERAL = 2

_BY_KIND = {
    "account": "account-known",
    "device": "device-known",
    "email": "email-known",
    "file-hash": "file-hash-known",
    "handle": "handle-known",
    "ip": "ip-known",
    "name": "name-known",
    "phone": "phone-known",
    "postal-code": "place-known",
    "url": "page-known",
}
# Facts about those who tell or suffer say nothing of how to find the other person.
_NOT_THE_OTHER_PERSON = frozenset({PersonRole.REPORTER, PersonRole.VICTIM, PersonRole.WITNESS})
_WHERE_THE_CHILD_IS = frozenset({PlaceRole.CHILD, PlaceRole.MEETING, PlaceRole.SCHOOL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A few words on a queue row; a gap is drawn dashed."""

    text: str
    is_gap: bool = False


def assess(
    submission: Submission,
    *,
    found: Sequence[FoundLike],
    links: LinkFacts,
    now: datetime,
    policy: Policy,
) -> Assessment:
    """The lane and scores of a submission under one version of the policy.

    `found` are its identifiers, `links` what ties it to others, `now` the moment of reading.
    Raises ValueError when `now` has no zone.
    """
    signs = (
        *find_signs(submission, now=now, policy=policy),
        *link_signs(links),
        *_action_signs(submission, found),
    )
    return weigh((s for s in signs if s.factor in policy.factors), policy=policy)


def weigh(signs: Iterable[Sign], *, policy: Policy) -> Assessment:
    """The assessment that a set of signs makes. A factor counts once, at its first place.

    Raises KeyError on a sign whose factor the policy does not hold.
    """
    first: dict[str, Sign] = {}
    for sign in signs:
        first.setdefault(sign.factor, sign)
    band, rule = _lane(frozenset(first), policy)
    gaps = tuple(gap.id for gap in policy.gaps.values() if not gap.closed_by & first.keys())
    risk = _counted(_worths(first, gaps, Score.RISK, policy), policy)
    action = _counted(_worths(first, gaps, Score.ACTION, policy), policy)
    told = [reason.factor for reason in risk if reason.factor in policy.factors]
    return Assessment(
        band=band,
        rule=rule,
        risk=sum(reason.points for reason in risk),
        actionability=sum(reason.points for reason in action),
        reasons=(*risk, *action),
        gaps=gaps,
        title=_title(rule, told),
        policy=policy.version,
    )


def title(assessment: Assessment, *, policy: Policy, language: str) -> str:
    """A report's title: a sentence of facts made by rule, holding nothing that anybody typed."""
    return title_by(assessment.title, policy=policy, language=language)


def title_by(codes: Sequence[str], *, policy: Policy, language: str) -> str:
    """The title that these codes make."""
    if not codes:
        return policy.title_without_reason.in_language(language)
    labels = [policy.wording(code)[0].in_language(language) for code in codes]
    return "; ".join((labels[0], *(label[0].lower() + label[1:] for label in labels[1:])))


def rule_sentence(assessment: Assessment, *, policy: Policy, language: str) -> str:
    """The words of the rule that set the lane."""
    return rule_by(assessment.rule, policy=policy, language=language)


def rule_by(code: str, *, policy: Policy, language: str) -> str:
    """The words of a rule."""
    if code in policy.factors:
        return policy.factors[code].label.in_language(language)
    for rule in policy.combinations:
        if rule.id == code:
            return rule.label.in_language(language)
    return policy.default_rule.in_language(language)


def chips(assessment: Assessment, *, policy: Policy, language: str) -> tuple[Chip, ...]:
    """At most four chips of a queue row: the strongest reasons, then what is not known."""
    told = [r.factor for r in assessment.reasons_of(Score.RISK) if r.factor in policy.factors]
    held = sorted(told, key=lambda factor: factor != assessment.rule)[: MOST_CHIPS - 1]
    gaps = assessment.gaps[: MOST_CHIPS - len(held)]
    return (
        *(Chip(text=policy.wording(code)[1].in_language(language)) for code in held),
        *(Chip(text=policy.wording(code)[1].in_language(language), is_gap=True) for code in gaps),
    )


def link_signs(links: LinkFacts) -> Iterator[Sign]:
    """What the links of a report say of it: all by which they can make it more urgent."""
    if links.in_band_a:
        yield Sign("linked-to-immediate", LINKS)
    if links.strong >= _SEVERAL:
        yield Sign("several-strong-links", LINKS)
    if links.strong:
        yield Sign("strong-link", LINKS)
    if links.possible:
        yield Sign("possible-link", LINKS)


def _lane(factors: frozenset[str], policy: Policy) -> tuple[Band, str]:
    """The highest lane that a rule asks for, and that rule: a factor alone before several."""
    for band in Band:
        alone = factors & policy.lanes[band].alone
        if alone:
            return band, min(alone, key=lambda name: (-policy.factors[name].points, name))
        for rule in policy.combinations:
            if rule.band is band and rule.holds(factors):
                return band, rule.id
    return Band.D, DEFAULT_RULE


def _worths(
    first: dict[str, Sign], gaps: tuple[str, ...], score: Score, policy: Policy
) -> Iterator[tuple[Reason, str]]:
    """What each factor would give, with its cap group, strongest first."""
    rows = [
        (_reason(sign, score, policy.factors[name].points), policy.factors[name].group)
        for name, sign in first.items()
        if policy.factors[name].score is score
    ]
    if score is Score.RISK and rows:
        # A gap counts a little, and only beside something else.
        rows += [
            (_reason(Sign(gap, ""), score, policy.gaps[gap].points), policy.gaps[gap].group)
            for gap in gaps
            if policy.gaps[gap].points
        ]
    yield from sorted(rows, key=lambda row: (-row[0].worth, row[0].factor))


def _reason(sign: Sign, score: Score, worth: int) -> Reason:
    return Reason(
        factor=sign.factor,
        score=score,
        points=worth,
        worth=worth,
        field=sign.field,
        start=sign.start,
        end=sign.end,
    )


def _counted(rows: Iterable[tuple[Reason, str]], policy: Policy) -> tuple[Reason, ...]:
    """Reasons with the points left to them under their group's cap and the limit of 100."""
    left_of_group = dict(policy.caps)
    left = HIGHEST_SCORE
    counted = []
    for reason, group in rows:
        points = min(reason.worth, left_of_group[group], left)
        left_of_group[group] -= points
        left -= points
        counted.append(
            Reason(
                factor=reason.factor,
                score=reason.score,
                points=points,
                worth=reason.worth,
                field=reason.field,
                start=reason.start,
                end=reason.end,
            )
        )
    return tuple(sorted(counted, key=lambda one: (-one.points, -one.worth, one.factor)))


def _title(rule: str, told: Sequence[str]) -> tuple[str, ...]:
    ordered = sorted(told, key=lambda factor: factor != rule)
    return tuple(ordered[:TITLE_REASONS])


def _action_signs(submission: Submission, found: Sequence[FoundLike]) -> Iterator[Sign]:
    yield from _ports_and_times(submission)
    for one in found:
        factor = _BY_KIND.get(one.kind)
        if factor == "place-known" or (factor and one.role not in _NOT_THE_OTHER_PERSON):
            yield Sign(factor, one.field, one.start, one.end)
    yield from _place_signs(submission)
    yield from _sender_signs(submission)


def _sender_signs(submission: Submission) -> Iterator[Sign]:
    for number, person in enumerate(submission.people):
        if person.names and person.role not in _NOT_THE_OTHER_PERSON:
            yield Sign("name-known", f"people.{number}.names")
    for number, file in enumerate(submission.files):
        if file.hashes:
            yield Sign("file-hash-known", f"files.{number}.hashes")
        if file.viewed_by_sender:
            yield Sign("file-viewed", f"files.{number}.viewed_by_sender")
    for number, incident in enumerate(submission.incidents):
        if incident.moment is not None and incident.moment.at:
            yield Sign("time-known", f"incidents.{number}.moment")
    if submission.reply_wanted:
        yield Sign("reporter-answers", "reply_wanted")


def _place_signs(submission: Submission) -> Iterator[Sign]:
    places = [
        (f"incidents.{i}.places.{n}", place)
        for i, incident in enumerate(submission.incidents)
        for n, place in enumerate(incident.places)
    ] + [
        (f"people.{i}.places.{n}", place)
        for i, person in enumerate(submission.people)
        for n, place in enumerate(person.places)
    ]
    for field, place in places:
        if place.region or place.city or place.postal_code or place.address:
            is_child = place.role in _WHERE_THE_CHILD_IS
            yield Sign("child-place-known" if is_child else "place-known", field)
    for number, incident in enumerate(submission.incidents):
        for named in places_in_text(incident.narrative):
            field = f"incidents.{number}.narrative"
            yield Sign("place-known", field, named.start, named.end)


def _ports_and_times(submission: Submission) -> Iterator[Sign]:
    """Internet addresses that a provider can still resolve: those with a port and a time."""
    holders = [
        *((f"incidents.{n}", one.identifiers) for n, one in enumerate(submission.incidents)),
        *(
            (f"people.{n}", one.identifiers)
            for n, one in enumerate(submission.people)
            if one.role not in _NOT_THE_OTHER_PERSON
        ),
        *((f"files.{n}", one.identifiers) for n, one in enumerate(submission.files)),
    ]
    for field, identifiers in holders:
        for number, given in enumerate(identifiers):
            if given.kind == "ip" and given.port and given.at and given.at.at:
                yield Sign("ip-with-time", f"{field}.identifiers.{number}")

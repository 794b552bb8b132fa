"""By what an older report may become more urgent because a new one is tied to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from havre.identifiers.rules.words import Kind
from havre.links.rules.explaining import Explanation, Shared, Strength, explain
from havre.links.rules.weights import ENOUGH_OTHERS
from havre.triage.rules.assess import LINKS, link_signs
from havre.triage.rules.words import LinkFacts


def signs_held(reasons: Iterable[Mapping[str, object]]) -> frozenset[str]:
    """What the links said of a report when it was scored, from the reasons that it stands by."""
    return frozenset(str(one["factor"]) for one in reasons if one["field"] == LINKS)


def gains(held: frozenset[str], links: LinkFacts) -> bool:
    """Whether links say more of a report than they said when it was scored."""
    return not {sign.factor for sign in link_signs(links)} <= held


def may_gain(
    held: frozenset[str],
    *,
    strong_before: int,
    tie: tuple[Strength, Strength],
    is_alike: bool,
    is_immediate: bool,
) -> bool:
    """Whether one more tie may say more of a report than its links said before.

    `tie` is how strong it is at least and at most; `is_alike` says that it is made by look-alikes
    alone, `is_immediate` that the other report is. All that ties add is a few signs, and each
    counts once. Who was tied to it strongly before may have become immediate meanwhile: one that
    learns tells nobody in turn, nor does one whose lane a person set. Names that resemble one
    another are a crowd's: they wake nobody for that.
    """
    least, most = tie
    is_strong = most is Strength.STRONG
    catches_up = strong_before > 0 and (is_strong or not is_alike)
    facts = LinkFacts(
        strong=strong_before + 1 if is_strong else 0,
        possible=0 if least is Strength.STRONG else 1,
        in_band_a=catches_up or (is_strong and is_immediate),
    )
    return gains(held, facts)


def seen_from_there(explanation: Explanation) -> tuple[Strength, Strength]:
    """How strong the same tie is as the other report sees it: at least, and at most.

    Whether those that share a value hang together is asked of each end anew; and which names
    resemble one of the other's depends on what else each end is called: of many that resemble it
    from here, it may be the only one from there.
    """
    shared = _shared(explanation)
    same = [each for each in shared if not each.near]
    least = _strength_if(same, coherent=False)
    if any(each.kind == Kind.HANDLE for each in same) or 0 < len(same) < len(shared):
        return least, Strength.STRONG
    return least, _strength_if(shared, coherent=True)


def is_only_alike(explanation: Explanation) -> bool:
    """Whether two reports share nothing: something of one only resembles something of the other."""
    return all(each.near for each in _shared(explanation))


def may_turn_others(explanation: Explanation) -> bool:
    """Whether one more report that is tied like this may let other ties of the same values count.

    They do when it can be said for the first time that those who share a value hang together, or
    when one more of them shares something else; otherwise one more says less.
    """
    shared, enough = _shared(explanation), ENOUGH_OTHERS + 1
    # What only resembles another value is not counted among what somebody shares.
    shares_more = sum(not each.near for each in shared) > 1
    return any(each.seen_in == enough or (shares_more and each.seen_in > enough) for each in shared)


def _shared(explanation: Explanation) -> list[Shared]:
    rows = (*explanation.evidence, *explanation.beside, *explanation.ignored)
    return [row.shared for row in rows]


def _strength_if(shared: Sequence[Shared], *, coherent: bool) -> Strength:
    told = [replace(each, coherent=None if each.coherent is None else coherent) for each in shared]
    in_all = max((each.seen_in for each in shared), default=1)
    return explain(told, reports_in_all=in_all).strength

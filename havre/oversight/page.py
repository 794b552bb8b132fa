"""The measures as a page shows them: words for codes, minutes for durations."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from havre.intake.rules.submission import Channel
from havre.oversight.measures import LaneMeasure, Measures, OriginMeasure
from havre.referrals.wording import DISPOSITIONS
from havre.triage.closing.wording import REASONS as WHY_CLOSED
from havre.triage.overrides.wording import REASONS as WHY_LANE
from havre.triage.policies.reads import policy_in_force
from havre.triage.reviews.reads import Agreed
from havre.triage.reviews.wording import KINDS as WHAT_READ
from havre.triage.rules.assess import rule_by
from havre.triage.wording import CHANNELS, LANES, LANGUAGES


def measures_page(found: Measures, *, language: str) -> dict[str, object]:
    """What the template of the measures is given."""
    return {
        "found": found,
        "lane_words": [LANES[lane.band] for lane in found.lanes],
        "lanes": [_lane(lane) for lane in found.lanes],
        "agencies": [(one.agency.name(language), one) for one in found.agencies],
        "wrong_order": [(LANES[first], LANES[later]) for first, later in found.wrong_order],
        "origins": [_origin(origin) for origin in found.origins],
        "decisions": found.decisions,
        "override_reasons": [(WHY_LANE[one], count) for one, count in found.decisions.reasons],
        "overruled": [(_rule(one.rule, language), one) for one in found.decisions.rules],
        "readings": [(_group(one), one, share) for one, share in found.decisions.readings],
        "closings": [(WHY_CLOSED[one.reason], one) for one in found.decisions.closings],
    }


def _group(one: Agreed) -> str:
    """A group of decisions in words: its kind, lane, door or language."""
    words: dict[str, dict[Any, Any]] = {
        "kind": WHAT_READ,
        "band": {**LANES, "": _("Without a score")},
        "channel": CHANNELS,
        "language": LANGUAGES,
    }
    return str(words[one.by].get(one.group, one.group))


def _rule(code: str, language: str) -> str:
    if not code:
        return str(_("Without a score"))
    return rule_by(code, policy=policy_in_force(), language=language)


def _lane(lane: LaneMeasure) -> dict[str, object]:
    return {
        "word": LANES[lane.band],
        "measure": lane,
        "outcomes": [(DISPOSITIONS[one], count) for one, count in lane.outcomes],
        "waits": [
            (_minutes(lane.to_sent), _minutes(lane.to_sent_slow)),
            (_minutes(lane.to_accepted), _minutes(lane.to_accepted_slow)),
        ],
    }


def _origin(origin: OriginMeasure) -> dict[str, object]:
    return {
        "channel": CHANNELS[Channel(origin.channel)],
        "language": LANGUAGES.get(origin.language, origin.language),
        "measure": origin,
        "shares": [(LANES[band], share) for band, share in origin.shares],
    }


def _minutes(waited: timedelta | None) -> int | None:
    return None if waited is None else int(waited.total_seconds() // 60)

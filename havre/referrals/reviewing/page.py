"""A drawn decision as its second reader sees it, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from havre.agencies.models import Agency
from havre.agencies.reads import every_agency
from havre.referrals.pages.tables import SentRow, sent_row
from havre.referrals.pages.telling import Telling, telling
from havre.referrals.reviewing.actions import OpenedReview
from havre.referrals.sending.wording import WHOLE_BECAUSE
from havre.triage.overrides.wording import REASONS
from havre.triage.policies.reads import policy_in_force
from havre.triage.reads import came_by
from havre.triage.reviews.models import Review
from havre.triage.reviews.wording import FOLLOW_UPS, KINDS, VERDICTS, WHY
from havre.triage.rules.assess import rule_by, title_by
from havre.triage.wording import LANES


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """What was known, what was decided, and what the second reader said of it."""

    review: Review
    kind: Promise
    came_by: str
    telling: Telling
    title: str
    rule: str
    reasons: tuple[tuple[str, int], ...]
    gaps: tuple[str, ...]
    suggested: tuple[tuple[Agency, int], ...]
    sent: SentRow | None
    whole: Promise | None
    # What was told later and went to nobody, or not all of it.
    withheld: tuple[str, ...]
    lane_from: Promise | None
    lane_to: Promise | None
    lane_why: Promise | None
    lane_note: str
    # What the reporter or the desk wrote since: it was not known when the decision fell.
    later: datetime | None
    verdict: Promise | None
    why: tuple[Promise, ...]
    instead_lane: Promise | None
    note: str
    followed: Promise | None


def review_page(opened: OpenedReview, *, language: str) -> ReviewPage:
    """The page of one drawn decision."""
    review, override = opened.review, opened.override
    known, policy = review.known, policy_in_force()
    agencies = {str(agency.pk): agency for agency in every_agency()}
    said_since = [each.at for each in opened.opened.messages if each.at > review.decided_at]
    return ReviewPage(
        review=review,
        kind=KINDS[review.kind],
        came_by=came_by(review.report),
        telling=telling(opened.opened.submission, exhibits=opened.opened.exhibits),
        title=title_by(known.get("title", ()), policy=policy, language=language)
        if review.band
        else "",
        rule=rule_by(known.get("rule", ""), policy=policy, language=language)
        if known.get("rule")
        else "",
        reasons=tuple(_reasons(known, language)),
        gaps=tuple(_label(code, language) for code in known.get("gaps", ())),
        suggested=tuple(
            (agencies[one["agency"]], one["probability"])
            for one in known.get("suggested", ())
            if one["agency"] in agencies
        ),
        sent=sent_row(opened.sent, language=language) if opened.sent else None,
        whole=WHOLE_BECAUSE.get(opened.sent.referral.whole_because) if opened.sent else None,
        withheld=tuple(
            one.text for one in opened.opened.messages if str(one.message) in known.get("words", ())
        ),
        lane_from=LANES.get(override.override.scored_band or "-") if override else None,
        lane_to=LANES[override.override.to_band] if override else None,
        lane_why=REASONS[override.override.reason] if override else None,
        lane_note=override.note if override else "",
        later=max(said_since, default=None),
        verdict=VERDICTS.get(review.verdict),
        why=tuple(WHY[code] for code in review.why),
        instead_lane=LANES[review.instead_band] if review.instead_band else None,
        note=opened.note,
        followed=FOLLOW_UPS.get(review.followed_as),
    )


def _reasons(known: dict[str, list[dict[str, object]]], language: str) -> list[tuple[str, int]]:
    return [
        (_label(str(each["factor"]), language), int(str(each["points"])))
        for each in known.get("reasons", ())
        if each["points"]
    ]


def _label(code: str, language: str) -> str:
    """The words of a factor or gap; of one that the policy holds no more, its code."""
    try:
        return policy_in_force().wording(code)[0].in_language(language)
    except KeyError:
        return code

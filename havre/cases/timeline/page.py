"""The timeline of a case, in words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from havre.agencies.reads import agency_names
from havre.cases.requests.wording import KINDS
from havre.cases.timeline.actions import Timeline
from havre.cases.timeline.rules.moments import Happening, Moment
from havre.cases.wording import CASE_ROLES, HAPPENINGS, MOVES, PERSON_ROLES

OF_AGENCIES = {Happening.SHARED, Happening.SHARE_ENDED, Happening.HANDED_OVER}
OF_REQUESTS = {Happening.REQUEST_MADE, Happening.REQUEST_SENT, Happening.REQUEST_SETTLED}


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentRow:
    """Something that happened, in words."""

    moment: Moment
    what: Promise
    detail: Promise | str
    words: str


def timeline_rows(timeline: Timeline, *, language: str) -> list[MomentRow]:
    """A page of a timeline, in words."""
    shown = [one.detail for one in timeline.moments if one.what in OF_AGENCIES and one.detail]
    agencies = agency_names(shown, language=language)
    return [
        MomentRow(
            moment=one,
            what=HAPPENINGS[one.what],
            detail=_detail(one, agencies),
            words=timeline.words.get(one.about, ""),
        )
        for one in timeline.moments
    ]


def _detail(moment: Moment, agencies: dict[str, str]) -> Promise | str:
    match moment.what:
        case Happening.MOVED:
            return MOVES[moment.detail]
        case Happening.PERSON_ADDED:
            return PERSON_ROLES.get(moment.detail, PERSON_ROLES["unknown"])
        case Happening.MEMBER_JOINED:
            return CASE_ROLES[moment.detail]
        case Happening.EXHIBIT_TAKEN:
            return _("number %(number)s") % {"number": moment.detail}
    if moment.what in OF_REQUESTS:
        return KINDS[moment.detail]
    return agencies.get(moment.detail, "") if moment.what in OF_AGENCIES else moment.detail

"""Incidents and records as pages and papers show them: words for codes, moments by the law."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from havre.intake.law.actions import OpenedIncident
from havre.intake.law.models import IncidentNotice
from havre.intake.law.reads import LegalDuties
from havre.intake.law.rules.deemed import duties_left
from havre.intake.law.rules.incidents import clock_at, due_at
from havre.intake.law.rules.records import kept_until
from havre.intake.law.wording import CLOCKS, DUTIES, INCIDENTS
from havre.plumbing import clock
from havre.plumbing.typeset import DOCUMENT, typeset

LANGUAGES = ("en", "fr")


def duties_after(*, is_standing: bool) -> list[tuple[Any, bool]]:
    """Each duty, and whether it goes on beside a record of section 9."""
    return [
        (DUTIES[duty], goes_on) for duty, goes_on in duties_left(is_standing=is_standing).items()
    ]


def notice_row(notice: IncidentNotice) -> dict[str, Any]:
    """A notice as a list shows it."""
    state = clock_at(notice.noticed_at, sent_at=notice.sent_at, now=clock.now())
    return {
        "notice": notice,
        "kind": INCIDENTS[notice.kind],
        "due": due_at(notice.noticed_at),
        "clock": CLOCKS[state],
        "state": state,
    }


def duties_context(found: LegalDuties) -> dict[str, Any]:
    """What the page of the organization's duties is given."""
    return {
        "page": found,
        "notices": [notice_row(one) for one in found.notices],
        "over": [(one, kept_until(one.received_at)) for one in found.over],
    }


def paper_of(opened: OpenedIncident) -> bytes:
    """The notice as a PDF/A: English, then French on a page of its own, DRAFT on every page."""
    titles, stamps, feet, sections = [], [], [], []
    for language in LANGUAGES:
        with override(language):
            titles.append(_("Notice of an incident"))
            stamps.append(pgettext("on paper", "DRAFT"))
            feet.append(_("Draft made with Havre. It is sent by the organization itself."))
            sections += _sections(opened, language)
    document = {
        "title": " / ".join(titles),
        "kicker": opened.notice.reference,
        "stamp": " / ".join(stamps),
        "foot": " / ".join(feet),
        "sections": sections,
    }
    return typeset(DOCUMENT, document, language="en", at=clock.now())


def _sections(opened: OpenedIncident, language: str) -> list[dict[str, Any]]:
    notice, words = opened.notice, opened.words
    turn = [{"parts": [{"kind": "break"}]}] if language != LANGUAGES[0] else []
    facts = [
        [_("To"), "\n".join((_("The Minister of Justice"), _("The Minister of Public Safety")))],
        [_("By which law"), _("SOR/2011-292, s. 7: within 24 hours")],
        [_("Kind of incident"), str(INCIDENTS[notice.kind])],
        [_("Noticed"), _written(notice.noticed_at)],
        [_("To be told by"), _written(due_at(notice.noticed_at))],
        *([[_("Told"), _written(notice.sent_at)]] if notice.sent_at else []),
    ]
    said = (
        (_("What happened"), words.happened),
        (_("What it endangers"), words.function),
        (_("Steps taken and planned"), words.steps),
        (_("Whom the ministers may ask"), words.contact),
    )
    first = {"heading": _("Notice of an incident"), "language": language}
    return [
        *turn,
        {**first, "parts": [{"kind": "facts", "rows": facts}]},
        *(
            {"heading": head, "language": language, "parts": [{"kind": "quote", "text": text}]}
            for head, text in said
        ),
    ]


def _written(moment: datetime) -> str:
    return moment.astimezone(clock.LEGAL_ZONE).strftime("%Y-%m-%d %H:%M %Z")

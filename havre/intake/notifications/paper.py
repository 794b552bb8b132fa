"""A notification as a page and a paper show it: the five contents in order, words for codes."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from havre.intake.law.rules.regimes import REGIMES
from havre.intake.notifications.actions import OpenedNotification
from havre.intake.notifications.wording import OFFENCES, TRANSMISSION
from havre.plumbing import clock
from havre.plumbing.typeset import DOCUMENT, typeset


def notification_context(opened: OpenedNotification) -> dict[str, Any]:
    """What the template of one notification is given."""
    return {
        "row": opened.notification,
        "opening": opened.opening,
        "told": _told(opened),
        "transmission": _transmission(opened),
        "is_manifest": opened.contents.is_manifest,
    }


def paper_of(opened: OpenedNotification, *, language: str) -> bytes:
    """The notification as a PDF/A for the file, in the reader's language."""
    row = opened.notification
    with override(language):
        sections = [
            {"parts": [{"kind": "facts", "rows": _facts(opened, language)}]},
            *(
                {"heading": label, "parts": [{"kind": "quote", "text": text}]}
                for label, text in _told(opened)
            ),
        ]
        if transmission := _transmission(opened):
            rows = [[str(label), text] for label, text in transmission]
            parts = [{"kind": "facts", "rows": rows}]
            sections.append({"heading": _("Transmission data"), "parts": parts})
        document = {
            "title": _("Notification under section 3"),
            "kicker": f"{row.reference} · {row.provider_name}",
            "foot": _("For the police service named above. The tipline has not seen it."),
            "sections": sections,
        }
    return typeset(DOCUMENT, document, language=language, at=clock.now())


def _facts(opened: OpenedNotification, language: str) -> list[list[str]]:
    row = opened.notification
    at = row.delivered_at.astimezone(clock.LEGAL_ZONE)
    regime = REGIMES.get(row.regime)
    kept = [[_("The provider keeps the data until"), row.until.isoformat()]] if row.until else []
    law = [[_("By which law"), regime.title]] if regime else []
    return [
        [_("To"), row.agency.name(language)],
        [_("From"), f"{row.provider_name} ({row.provider.code})"],
        [_("Delivered"), at.strftime("%Y-%m-%d %H:%M %Z")],
        *kept,
        *law,
    ]


def _told(opened: OpenedNotification) -> list[tuple[str, str]]:
    told = opened.contents
    found = told.discovered_at.strftime("%Y-%m-%d %H:%M %z")
    offences = "\n".join(str(OFFENCES[one]) for one in told.offences)
    return [
        (_("(a) The offence"), offences),
        (_("(b) The material"), told.material),
        (_("(b) Its format"), told.material_format),
        (_("(c) How it was discovered"), f"{found}\n{told.circumstances}"),
        (_("(d) Other evidence that the provider holds"), told.other_evidence),
        (_("(e) The representative of the provider"), f"{told.representative}\n{told.contact}"),
    ]


def _transmission(opened: OpenedNotification) -> list[tuple[Any, str]]:
    told = opened.contents.transmission.told()
    return [(TRANSMISSION[name], told[name]) for name in TRANSMISSION if name in told]

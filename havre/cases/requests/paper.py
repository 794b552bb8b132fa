"""A legal request on paper: both languages in one document, clearly a draft."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from havre.cases.requests.actions import OpenedRequest
from havre.cases.requests.rules.clocks import due_on
from havre.cases.requests.rules.kinds import RequestKind
from havre.cases.requests.wording import KINDS
from havre.plumbing import clock
from havre.plumbing.typeset import DOCUMENT, typeset

LANGUAGES = ("en", "fr")
BY_OFFICERS = frozenset({RequestKind.PRESERVATION_DEMAND, RequestKind.MLAT})
# What sets no term to whom it goes to: no order says one.
WITHOUT_TERM = frozenset({RequestKind.INFORMATION_TO_OBTAIN, RequestKind.MLAT})


def paper_of(opened: OpenedRequest) -> bytes:
    """The request as a PDF/A: English, then French on a page of its own, DRAFT on every page."""
    titles, stamps, feet, sections = [], [], [], []
    for language in LANGUAGES:
        with override(language):
            titles.append(str(KINDS[opened.request.kind]))
            stamps.append(pgettext("on paper", "DRAFT"))
            feet.append(
                _("Draft made with Havre, not the document served. Not checked by counsel.")
            )
            sections += _sections(opened, language)
    document = {
        "title": " / ".join(titles),
        "kicker": f"{opened.request.reference} · {opened.request.case.written_number}",
        "stamp": " / ".join(stamps),
        "foot": " / ".join(feet),
        "sections": sections,
    }
    return typeset(DOCUMENT, document, language="en", at=clock.now())


def _sections(opened: OpenedRequest, language: str) -> list[dict[str, Any]]:
    words = opened.words
    turn = [{"parts": [{"kind": "break"}]}] if language != LANGUAGES[0] else []
    notice = {
        "kind": "notice",
        "title": pgettext("on paper", "DRAFT"),
        "text": _(
            "This is a draft to work from, not the document that is served. Counsel checks the"
            " provision, the form, the address and every period before it is used."
        ),
        "tone": "care",
    }
    parts = [notice, {"kind": "facts", "rows": _facts(opened, language)}]
    told = [{"heading": str(KINDS[opened.request.kind]), "language": language, "parts": parts}]
    for heading, text in ((_("What is asked for"), words.sought), (_("Grounds"), words.grounds)):
        if text:
            quote = {"kind": "quote", "text": text}
            told.append({"heading": heading, "language": language, "parts": [quote]})
    signs = {"kind": "sign", "labels": [_("Date"), *_who_signs(opened.request.kind)]}
    return [*turn, *told, {"heading": _("To be signed"), "language": language, "parts": [signs]}]


def _who_signs(kind: str) -> list[str]:
    """An information is sworn by whoever lays it, before a judge or justice."""
    if kind in BY_OFFICERS:
        return [_("Peace officer")]
    judge = _("Judge or justice")
    return [_("Informant"), judge] if kind == RequestKind.INFORMATION_TO_OBTAIN else [judge]


def _facts(opened: OpenedRequest, language: str) -> list[list[str]]:
    request, address = opened.request, opened.address
    whom = f"{address.name}\n{address.address}" if address else opened.words.addressee
    form = [[_("Form"), opened.term.form]] if opened.term.form else []
    number, period = opened.words.order_number, _period(opened)
    return [
        [_("Agency"), request.case.agency.name(language)],
        [_("Number"), f"{request.reference}, {request.case.written_number}"],
        [_("Whom it goes to"), whom],
        [_("Provision"), opened.term.provision(language)],
        *form,
        *([[_("Number of the order or of the court file"), number]] if number else []),
        *([[_("Period"), period]] if period else []),
        [_("How sure this is"), _("Provision, form and address are general knowledge.")],
    ]


def _period(opened: OpenedRequest) -> str:
    """For how long, and until which day if it was sent; else what it would be; "" for none."""
    request = opened.request
    days = opened.term.lasting(is_foreign=request.is_foreign)
    last = request.due_on
    if last is None and days is not None:
        last = due_on(opened.term, sent_on=opened.today, is_foreign=request.is_foreign)
    if days is not None and last is not None:
        told = {"days": days, "day": last.isoformat()}
        if request.sent_on:
            return _("%(days)s days, until the end of %(day)s") % told
        return _("%(days)s days; if it were sent today, until the end of %(day)s") % told
    if last is not None:
        return _("until %(day)s") % {"day": last.isoformat()}
    return "" if request.kind in WITHOUT_TERM else _("as the order says")

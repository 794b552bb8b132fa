"""What every page is given."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, Resolver404, resolve, reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext_noop, override
from django.utils.translation import gettext as _

from havre.agencies.models import Officer
from havre.agencies.rules.permits import Permit

OTHER = {"en": "fr", "fr": "en"}
NAMES = {"en": "English", "fr": "Français"}
# The bar of the desk: the page, what opens it, its label.
DESK_PAGES = (
    ("queue", Permit.QUEUE_READ, gettext_noop("Queue")),
    ("take_report", Permit.REPORT_TAKE, gettext_noop("New report")),
    ("inbox", Permit.INBOX_READ, gettext_noop("Inbox")),
    ("cases", Permit.CASE_READ, gettext_noop("Cases")),
    ("bulletins", Permit.BULLETIN_READ, gettext_noop("Board")),
    ("exchanges", Permit.EXCHANGE_READ, gettext_noop("Abroad")),
    ("passed", Permit.PASSED_READ, gettext_noop("From abroad")),
    ("dispatches", Permit.DISPATCH_READ, gettext_noop("Correspondence")),
    ("sheets", Permit.SHEET_READ, gettext_noop("Words to translate")),
    ("measures", Permit.MEASURES_READ, gettext_noop("Measures")),
    ("policies", Permit.POLICY_READ, gettext_noop("Policy")),
    ("alarms", Permit.ALARM_READ, gettext_noop("Clocks")),
    ("rota", Permit.ROTA_READ, gettext_noop("Rota")),
    ("annual", Permit.ANNUAL_READ, gettext_noop("Annual report")),
    ("log", Permit.LOG_READ, gettext_noop("Log")),
    ("officers", Permit.OFFICERS_KEEP, gettext_noop("Officers")),
    ("secondments", Permit.OFFICERS_KEEP, gettext_noop("Secondments")),
    ("agency_key", Permit.KEYS_KEEP, gettext_noop("Files key")),
    ("legal_duties", Permit.LEGAL_DUTIES_KEEP, gettext_noop("Legal duties")),
    ("system_keys", Permit.KEYS_KEEP, gettext_noop("Record systems")),
    ("notices", Permit.NOTICE_KEEP, gettext_noop("Notices")),
    ("partners", Permit.PARTNERS_KEEP, gettext_noop("Partners")),
    ("providers", Permit.PROVIDERS_KEEP, gettext_noop("Providers")),
    ("console", Permit.CONSOLE_USE, gettext_noop("My reports")),
    ("console_bulk", Permit.CONSOLE_USE, gettext_noop("Many at once")),
    ("console_questions", Permit.CONSOLE_USE, gettext_noop("Questions of police")),
    ("console_duties", Permit.CONSOLE_USE, gettext_noop("Preservation")),
    ("console_notifications", Permit.NOTIFICATION_WRITE, gettext_noop("Notify the police")),
    ("console_receipts", Permit.CONSOLE_USE, gettext_noop("Receipts")),
    ("console_deemed", Permit.CONSOLE_USE, gettext_noop("Other laws")),
    ("console_mirror", Permit.CONSOLE_USE, gettext_noop("Mirror")),
    ("console_check", Permit.CONSOLE_USE, gettext_noop("Check a document")),
    ("console_company", Permit.CONSOLE_USE, gettext_noop("Your company")),
    ("console_keys", Permit.CONSOLE_USE, gettext_noop("Keys")),
)


@dataclass(frozen=True, slots=True)
class DeskPlace:
    """One entry of the bar."""

    name: str
    label: str
    url: str
    current: bool


def every_page(request: HttpRequest) -> dict[str, object]:
    """Context of every template: its language, the same page in the other, the officer if any.

    Who is signed in is asked only by a page that wants to know: a public page never asks.
    """
    language = get_language() or "en"
    other = OTHER.get(language, "en")
    return {
        "language": language,
        "other_language": other,
        "other_language_name": NAMES[other],
        "other_language_url": this_page_in(request, other),
        "is_demo": settings.DEMO,
        "officer": SimpleLazyObject(lambda: officer_of(request)),
        "officer_agency": SimpleLazyObject(lambda: agency_name_of(request, language)),
        "desk_nav": SimpleLazyObject(lambda: desk_nav(request)),
    }


def this_page_in(request: HttpRequest, language: str) -> str:
    """The address of the page that was asked for, in another language; else of its first page."""
    found = request.resolver_match
    if found is None:
        return f"/{language}/"
    with override(language):
        try:
            elsewhere = reverse(found.view_name, args=found.args, kwargs=found.kwargs)
        except NoReverseMatch:
            return f"/{language}/"
    return f"/{language}/" if elsewhere == request.path else elsewhere


def same_page_in(path: str, language: str) -> str:
    """The address of this page in another language; of its first page where there is none."""
    try:
        resolve(path)
    except Resolver404:
        return f"/{language}/"
    elsewhere = translate_url(path, language)
    return f"/{language}/" if elsewhere == path else elsewhere


def officer_of(request: HttpRequest) -> Officer | None:
    """The officer who is signed in, or the place from which they act."""
    user = getattr(request, "acts_as", None) or getattr(request, "user", None)
    return user if isinstance(user, Officer) else None


def agency_name_of(request: HttpRequest, language: str) -> str:
    """The name of the officer's agency."""
    officer = officer_of(request)
    if officer and officer.provider:
        return officer.provider.name
    return officer.agency.name(language) if officer else ""


def desk_nav(request: HttpRequest) -> list[DeskPlace]:
    """The pages of the desk that the officer holds a permit for."""
    officer = officer_of(request)
    here = request.resolver_match.url_name if request.resolver_match else None
    held = [page for page in DESK_PAGES if officer and officer.may(page[1])]
    return [DeskPlace(name, _(label), reverse(name), name == here) for name, _permit, label in held]

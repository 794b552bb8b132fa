"""What a page says: a number and the address to sign in at, in both languages, nothing else."""

from collections.abc import Iterable, Iterator, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from havre.triage.paging.models import Page, Reach
from havre.triage.paging.rules.ladder import PageKind
from havre.triage.paging.rules.ways import Letter, Way

LANGUAGES = ("en", "fr")
# So many numbers stand in one letter; of more, the letter says how many.
MOST_NUMBERS = 5


def letter_for(
    pages: Sequence[Page], *, to: str, secret: bytes, language: str, answers_pages: bool
) -> Letter:
    """One letter for all pages that one person is called for, the person's language first.

    Who answers pages takes them where they stand; others answer their referrals in the inbox.
    """
    leads = _leads(answers_pages=answers_pages)
    languages = sorted(LANGUAGES, key=lambda each: each != language)
    return Letter(
        to=to,
        subject=" / ".join(_in(each, "subject") for each in languages),
        text="\n\n".join(_text(pages, each, leads) for each in languages),
        address=address_of(leads, language),
        references=tuple(page.reference for page in pages if page.reference),
        secret=secret,
    )


def test_letter(reach: Reach, way: Way, *, secret: bytes, answers_pages: bool) -> Letter:
    """What a person gets who wants to see whether a way leads to them, and where it would lead."""
    language = reach.officer.language
    languages = sorted(LANGUAGES, key=lambda each: each != language)
    return Letter(
        to=reach.ways()[way],
        subject=" / ".join(_in(each, "test") for each in languages),
        text="\n\n".join(_in(each, "test text") for each in languages),
        address=address_of(_leads(answers_pages=answers_pages), language),
        references=(),
        secret=secret,
    )


def _leads(*, answers_pages: bool) -> str:
    return "pages" if answers_pages else "inbox"


def address_of(page: str, language: str) -> str:
    """Where a page of this house stands, for whoever is outside."""
    host = settings.PUBLIC_HOST
    house = f"http://localhost:{settings.PORT}" if host == "localhost" else f"https://{host}"
    with override(language):
        return house + reverse(page)


def _in(language: str, what: str) -> str:
    with override(language):
        return {
            "subject": _("Havre: you are called"),
            "test": _("Havre: a test"),
            "test text": _("This is a test. When you are called, it comes by this way."),
        }[what]


def _text(pages: Sequence[Page], language: str, leads: str) -> str:
    with override(language):
        said = [_numbers(page.reference for page in pages if page.reference)]
        if any(page.kind == PageKind.UNATTENDED for page in pages):
            said.append(_("Nobody has opened or claimed a report for some time, and some wait."))
        if any(page.nobody_on_call for page in pages):
            said.append(_("Nobody is on call."))
        said += _what_to_do(pages, leads, address_of(leads, language))
    return "\n".join(each for each in said if each)


def _what_to_do(pages: Sequence[Page], leads: str, at: str) -> Iterator[str]:
    address = {"address": at}
    if leads == "inbox":
        yield _("Sign in and accept it, or return or decline it: %(address)s") % address
        return
    if any(page.kind == PageKind.REFERRAL for page in pages):
        yield (
            _(
                "Its agency has not answered. Sign in to see who was called, and reach somebody"
                " there: %(address)s"
            )
            % address
        )
    if any(page.kind != PageKind.REFERRAL for page in pages):
        yield _("Sign in and acknowledge: %(address)s") % address


def _numbers(references: Iterable[str]) -> str:
    found = list(dict.fromkeys(references))
    if not found:
        return ""
    shown = ", ".join(found[:MOST_NUMBERS])
    more = len(found) - MOST_NUMBERS
    if more > 0:
        shown = _("%(numbers)s and %(more)s more") % {"numbers": shown, "more": more}
    return _("IMMEDIATE: %(numbers)s.") % {"numbers": shown}

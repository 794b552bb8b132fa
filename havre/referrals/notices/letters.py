"""What a notice says: that something waits and where to sign in, in both languages."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from havre.referrals.notices.models import Notice
from havre.triage.paging.letters import LANGUAGES, address_of
from havre.triage.paging.rules.ways import Letter


def letter_of(notice: Notice) -> Letter:
    """The mail of a notice, the agency's own language first."""
    languages = languages_of(notice.agency.languages)
    return Letter(
        to=notice.email,
        subject=" / ".join(_subject(each, notice) for each in languages),
        text="\n\n".join(_text(each, notice) for each in languages),
        address=address_of(_page(notice), languages[0]),
        references=(),
    )


def languages_of(spoken: Sequence[str]) -> list[str]:
    """Both languages, in the order in which an agency names them."""
    named = [each for each in spoken if each in LANGUAGES]
    return sorted(LANGUAGES, key=lambda each: named.index(each) if each in named else len(named))


def _page(notice: Notice) -> str:
    return "desk" if notice.beyond_inbox else "inbox"


def _subject(language: str, notice: Notice) -> str:
    with override(language):
        if notice.beyond_inbox:
            return _("Havre: something waits for your agency")
        return _("Havre: something waits in your inbox")


def _text(language: str, notice: Notice) -> str:
    with override(language):
        said = (
            _("This is a test. When something waits in your inbox, a notice comes to this address.")
            if notice.is_test
            else _("Something waits for your agency, in the inbox or on another page.")
            if notice.beyond_inbox
            else _("Something waits in your inbox.")
        )
        sign_in = _("Sign in: %(address)s") % {"address": address_of(_page(notice), language)}
        return f"{said}\n{sign_in}"

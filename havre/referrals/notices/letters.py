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
        subject=" / ".join(_subject(each) for each in languages),
        text="\n\n".join(_text(each, is_test=notice.is_test) for each in languages),
        address=address_of("inbox", languages[0]),
        references=(),
    )


def languages_of(spoken: Sequence[str]) -> list[str]:
    """Both languages, in the order in which an agency names them."""
    named = [each for each in spoken if each in LANGUAGES]
    return sorted(LANGUAGES, key=lambda each: named.index(each) if each in named else len(named))


def _subject(language: str) -> str:
    with override(language):
        return _("Havre: something waits in your inbox")


def _text(language: str, *, is_test: bool) -> str:
    with override(language):
        said = (
            _("This is a test. When something waits in your inbox, a notice comes to this address.")
            if is_test
            else _("Something waits in your inbox.")
        )
        sign_in = _("Sign in: %(address)s") % {"address": address_of("inbox", language)}
        return f"{said}\n{sign_in}"

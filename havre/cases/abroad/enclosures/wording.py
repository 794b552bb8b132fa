"""What the pages of documents from partners say, in the reader's language."""

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.cases.abroad.enclosures.rules import EnclosureRefusedError, Refusal, terms_in_force

MEGABYTE = 1_000_000
REFUSALS: dict[str, Promise] = {
    Refusal.EMPTY: _("There is nothing in %(name)s. Choose it again. Nothing was sent."),
    Refusal.MOST_AT_ONCE: _("At most %(most_at_once)s documents go at one time. Nothing was sent."),
    Refusal.MOST_A_DAY: _(
        "Your agency sends at most %(most_a_day)s documents in a day. Nothing was sent: send the"
        " rest tomorrow, or tell the desk by another way."
    ),
    Refusal.MOST_WITH_ONE: _(
        "At most %(most_with_one)s documents go with one exchange. Nothing was sent: ask the desk"
        " anew and name this number."
    ),
    Refusal.NONE_GIVEN: _("Choose at least one document."),
    Refusal.NOT_A_DOCUMENT: _(
        "%(name)s is not a document that is taken here: PDF, DOCX, ODT, RTF or plain text."
        " Pictures and films are never sent this way. Nothing was sent."
    ),
    Refusal.NOT_TAKEN: _("The desk takes no documents here now. Send them by another way."),
    Refusal.TOO_LARGE: _("%(name)s is larger than %(most_mb)s MB. Nothing was sent."),
}


def limits_told() -> dict[str, str]:
    """The limits of the data file, as they are written in a sentence."""
    terms = terms_in_force()
    return {
        "most_mb": number_format(terms.most_bytes // MEGABYTE),
        "most_at_once": number_format(terms.most_at_once),
        "most_a_day": number_format(terms.most_a_day),
        "most_with_one": number_format(terms.most_with_one),
    }


def why_not_taken(error: EnclosureRefusedError) -> str:
    """Why documents were not taken, and what to do."""
    return str(REFUSALS[error.refusal]) % {**limits_told(), "name": error.name}

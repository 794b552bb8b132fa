"""What a file of reports is told in the reader's language: its faults, and those of its rows."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from havre.intake.bulk.rules import Outcome, Told
from havre.intake.jsondoor.wording import OF_THE_WIRE
from havre.plumbing.apis.reasons import Reasons

OUTCOMES: dict[str, Promise] = {
    Outcome.ACCEPTED: _("accepted"),
    Outcome.FINE: _("would be filed"),
    Outcome.NOT_FILED: _("not filed"),
    Outcome.REFUSED: _("refused"),
}
HEAD: tuple[Promise, ...] = (_("row"), _("outcome"), _("report number"), _("faults"))
OF_A_FILE = Reasons(
    (
        gettext_noop("is not UTF-8; save it as “CSV UTF-8” or as UTF-8"),
        gettext_noop("holds no row"),
        gettext_noop("has %(count)s rows; at most %(most)s are taken at once"),
        gettext_noop("has a quotation mark out of place; double it inside a cell"),
        gettext_noop("comes twice"),
        gettext_noop("is no name of a column, such as reporter.reportingPerson.email[2]"),
        gettext_noop("holds fields; name one of them behind a dot"),
        gettext_noop("may stand once: leave out [%(number)s]"),
        gettext_noop("is not known here"),
        gettext_noop("has %(count)s cells, but only %(most)s columns have names"),
        gettext_noop("is no JSON: look at character %(place)s"),
        gettext_noop(
            "is no JSON that we read: a name comes twice, or it is far too deep or too long"
        ),
        gettext_noop("failed here, and not by your fault; send this row again"),
        gettext_noop("holds a character that no text needs, such as NUL"),
        gettext_noop("is nested too deep"),
    )
)


def said(reason: str) -> str:
    """A reason in the language of whoever reads it."""
    told = OF_A_FILE.said(reason)
    return OF_THE_WIRE.said(reason) if told == reason else told


def all_said(faults: Iterable[Told]) -> list[Told]:
    """Faults in the language of whoever reads them."""
    return [(at, said(reason)) for at, reason in faults]

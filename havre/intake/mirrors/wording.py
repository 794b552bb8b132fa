"""What the pages of a mirror say of a copy, and what to do, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.intake.mirrors.rules import (
    DAMAGED,
    INTERRUPTED,
    KEY_GONE,
    NOT_ALLOWED,
    NOT_XML,
    SUPPLEMENT,
    UNREADABLE,
    CopyState,
    Step,
)

STATES: dict[str, Promise] = {
    CopyState.REFUSED: _("refused there"),
    CopyState.SENT: _("arrived"),
    CopyState.STOPPED: _("stopped"),
    CopyState.STOPPING: _("being taken back"),
    CopyState.WAITING: _("waits to go out"),
}
STEPS: dict[str, Promise] = {
    Step.FILEINFO: _("details of a file"),
    Step.FINISH: _("finish"),
    Step.RETRACT: _("retract"),
    Step.STATUS: _("trial"),
    Step.SUBMIT: _("the document"),
    Step.UPLOAD: _("a file"),
}
_KEY = _("The other service does not know this user name and password. Set them again here.")
_ADDRESS = _("Nothing of this wire answers there. Look at the base address.")
_DOCUMENT = _("The other service found the document faulty. Report it there with your own client.")
_THEIRS = _("A fault of the other service. We try again by ourselves.")
_NO_ANSWER = _("The other service did not answer. We try again by ourselves.")
# What to do where a copy did not get on, by the code of why.
ADVICE: dict[str, Promise] = {
    DAMAGED: _("The other service received other bytes than we sent. We begin anew there."),
    INTERRUPTED: _("We were interrupted before the answer came. We go on by ourselves."),
    KEY_GONE: _("The key of this report is destroyed here. Report it there with your own client."),
    NOT_ALLOWED: _("We do not call this address. Set another one."),
    NOT_XML: _("It came as JSON or XARF, and the other service reads XML alone. Report it there."),
    SUPPLEMENT: _("Other services take no supplements. Report there what is new, as a report."),
    UNREADABLE: _("Details of a file cannot be sent on. Report it there with your own client."),
    "address-not-public": _("The address leads into a network, not into the open Internet."),
    "http-401": _KEY,
    "http-403": _KEY,
    "http-413": _("It is larger than the other service takes. Ask there, then try again."),
    "http-429": _("The other service asks for a pause. We try again by ourselves."),
    "code-1210": _ADDRESS,
    "code-2000": _KEY,
    "code-3000": _KEY,
    "code-3100": _KEY,
    "code-3300": _KEY,
    "code-4000": _DOCUMENT,
    "code-4100": _DOCUMENT,
    "code-4110": _DOCUMENT,
    "code-4200": _("The other service did not take the file. Ask there, then try again."),
}


def advice(code: str) -> str:
    """What a code means and what to do, in the reader's language; "" where nothing is wrong."""
    if not code:
        return ""
    if code in ADVICE:
        return str(ADVICE[code])
    kind, _dash, number = code.partition("-")
    if kind == "code":
        is_theirs = number.startswith("1")
        return str(_THEIRS if is_theirs else _DOCUMENT)
    if kind == "http":
        return str(_THEIRS if number.startswith("5") else _ADDRESS)
    return str(_NO_ANSWER)

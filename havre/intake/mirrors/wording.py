"""What the pages of a mirror say of a copy, and what to do, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.intake.mirrors.rules import (
    DAMAGED,
    FIRST_NOT_THERE,
    FIRST_WAITS,
    INTERRUPTED,
    KEY_GONE,
    NOT_ALLOWED,
    NOT_XML,
    SUPPLEMENT,
    UNREADABLE,
    CopyState,
    Remark,
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
    FIRST_NOT_THERE: _(
        "Not sent: the report that it adds to did not arrive there by this mirror. Report there"
        " yourself what is new, as a report."
    ),
    FIRST_WAITS: _("It waits for the report that it adds to, whose number there it will name."),
    NOT_XML: _("Not sent: it cannot be written for the other service. Report it there yourself."),
    SUPPLEMENT: _(
        "Not sent: other services take no supplements, and a batched report cannot name an earlier"
        " one. Tell them yourself what is new."
    ),
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


# What its provider is told of a copy that is not what came, byte for byte.
REMARKS: dict[str, Promise] = {
    Remark.FROM_JSON: _("It came as JSON. We wrote it as the XML that the other service reads."),
    Remark.FROM_TABLE: _("It came as a row of a table. We wrote it as XML for the other service."),
    Remark.FROM_XARF: _(
        "It came as XARF. We wrote it as XML for the other service; what has no field there stands"
        " in additionalInfo."
    ),
    Remark.NEW_REPORT: _(
        "It is a supplement here. Other services take none: there it is a new report, which names"
        " the number of the first one."
    ),
    Remark.WITHOUT_DOCUMENT: _("The XARF document itself is not sent: the report says it all."),
    Remark.WITHOUT_LETTER: _("The letter that it came in is not sent, only what it held."),
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

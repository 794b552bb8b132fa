"""What the desk calls the things of closing, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from havre.intake.rules.stages import ClosingAnswer
from havre.triage.closing.reads import FOR_ME
from havre.triage.closing.rules import (
    ClosingReason,
    ClosingState,
    DuplicateOfNothingError,
    ReadTwice,
    UnreadWordsError,
    WordsWaitError,
    answer_to,
)

Words = dict[str, Promise]

REASONS: Words = {
    ClosingReason.INSUFFICIENT: _("Not enough in it to act on"),
    ClosingReason.DUPLICATE: _("It repeats another report"),
    ClosingReason.EDUCATION: _("A question that education answers"),
    ClosingReason.FOREIGN_ONLY: _("It concerns another country only"),
    ClosingReason.NOT_ILLEGAL_HERE: _("Not against the law here"),
    ClosingReason.NO_OFFENCE: _("No offence is told of"),
}
STATES: Words = {
    ClosingState.TO_READ: _("To be read once more"),
    ClosingState.FINAL: _("Closed"),
    ClosingState.REOPENED: _("Opened again"),
}
CHOICES: Words = {"": _("Any state"), FOR_ME: _("For me to read"), **STATES}
BECAUSE: Words = {
    ReadTwice.DANGER: _("it was said to be a danger now"),
    ReadTwice.IMMEDIATE: _("it stood in the immediate lane"),
    ReadTwice.LINKED: _("it is strongly linked to other reports"),
    ReadTwice.SAMPLE: _("it is in the sample"),
    ReadTwice.UNSCORED: _("it had no score yet"),
}
# Word for word what the reporter's own page says.
ANSWERS: Words = {
    ClosingAnswer.EDUCATION: _("Some of our pages may help you."),
    ClosingAnswer.ELSEWHERE: _(
        "Only police in another country can act on this. You can tell them yourself."
    ),
    ClosingAnswer.NOTHING_MORE: _(
        "We need nothing more from you. If something new happens, write it below."
    ),
    ClosingAnswer.TOO_LITTLE: _(
        "We could not act on what we have. If you know more, write it below."
    ),
}


def answers_read() -> list[tuple[Promise, str, str]]:
    """What a reporter reads, by the reason for closing: in English and in French."""
    return [
        (word, *_in_both(ANSWERS[answer_to(ClosingReason(reason))]))
        for reason, word in REASONS.items()
    ]


def _in_both(sentence: Promise) -> tuple[str, str]:
    told = []
    for language in ("en", "fr"):
        with override(language):
            told.append(str(sentence))
    english, french = told
    return english, french


NOT_CLOSED: dict[type[Exception], Promise] = {
    WordsWaitError: _(
        "Its reporter told more: pass that on, or keep it back, before it is closed."
        " Nothing was changed."
    ),
}
# Said beside the field that is to be looked at again.
REFUSED: dict[type[Exception], tuple[str, Promise]] = {
    DuplicateOfNothingError: (
        "duplicate_of",
        _("No report with this number stands for itself. Check it, or choose another reason."),
    ),
    UnreadWordsError: (
        "note",
        _(
            "Its reporter told more since you opened this page. Read that first, then"
            " close it, or decide otherwise. What you wrote is still here."
        ),
    ),
}

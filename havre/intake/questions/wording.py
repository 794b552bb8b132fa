"""What is asked and answered, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.intake.questions.rules import AnswerCode, QuestionKind, Refusal

ASKED: dict[str, Promise] = {
    QuestionKind.FILE_VIEWED: _("Did a person of the provider see the whole file?"),
    QuestionKind.WAS_PUBLIC: _("To whom was it shown?"),
    QuestionKind.SOURCE_PORT: _("Which source port belongs to the address?"),
    QuestionKind.TIME_ZONE: _("In which time zone are the times?"),
    QuestionKind.PRESERVED_UNTIL: _("Until when is the data preserved?"),
    QuestionKind.FURTHER_ADDRESSES: _(
        "Which further addresses did the same log-in use? (production order)"
    ),
    QuestionKind.WHOSE_IS_IT: _("Whose is it? (production order)"),
}
ANSWERED: dict[str, Promise] = {
    AnswerCode.ALL_SEEN: _("Yes, the whole of every file"),
    AnswerCode.SOME_SEEN: _("A part, or some of the files"),
    AnswerCode.NONE_SEEN: _("No, nobody saw a file"),
    AnswerCode.TO_EVERYBODY: _("To everybody"),
    AnswerCode.TO_A_GROUP: _("To a group"),
    AnswerCode.TO_ONE_PERSON: _("To one other person"),
    AnswerCode.GIVEN: _("As written here"),
    AnswerCode.NOT_KEPT: _("It is not kept, or no longer"),
    AnswerCode.NOT_KNOWN: _("We do not know"),
    AnswerCode.NOBODY_S: _("We have nothing under this order"),
    AnswerCode.UNDER_THE_ORDER: _("It goes to the police under the order, not through here"),
}
# What the value of an answer looks like.
VALUES: dict[str, Promise] = {
    QuestionKind.SOURCE_PORT: _("The port, a number from 1 to 65535"),
    QuestionKind.TIME_ZONE: _("The zone, such as America/Toronto, UTC or -05:00"),
    QuestionKind.PRESERVED_UNTIL: _("The last day, such as 2027-01-31"),
}
# Why a question is not put or an answer not taken: the field to mend, and what to do there.
REFUSED: dict[Refusal, tuple[str, Promise]] = {
    Refusal.ORDER_NEEDED: (
        "order_number",
        _(
            "Write the number of the production order. An address attracts privacy: without an "
            "order nobody asks whose it is, nor for more addresses (R v Bykovets, 2024 SCC 6)."
        ),
    ),
    Refusal.ORDER_UNASKED: ("order_number", _("Leave this empty: this question needs no order.")),
    Refusal.ORDER_FORM: (
        "order_number",
        _("Write the number as the order has it: letters, digits, dots, dashes, 40 at most."),
    ),
    Refusal.ANSWER_UNASKED: ("code", _("Choose an answer from the list.")),
    Refusal.VALUE_UNASKED: ("value", _("Leave this empty: it goes with “As written here” alone.")),
    Refusal.PORT_FORM: ("value", _("Write the port as a number from 1 to 65535.")),
    Refusal.ZONE_FORM: ("value", _("Write a zone such as America/Toronto, UTC or -05:00.")),
    Refusal.DATE_FORM: ("value", _("Write the day as year, month, day, such as 2027-01-31.")),
    Refusal.DATE_OVER: (
        "value",
        _("That day is over. Choose “It is not kept, or no longer” instead."),
    ),
}

"""What analysts may say of two reports, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.links.rules.clusters import Verdict
from havre.links.rules.facts import Side

SIDES: dict[str, Promise] = {Side.SUSPECT: _("the suspect"), Side.VICTIM: _("the child")}
VERDICTS: dict[str, Promise] = {
    Verdict.SAME: _("The same person"),
    Verdict.DIFFERENT: _("Two different persons"),
    Verdict.UNSURE: _("Cannot be said yet"),
}
# What was said of whom, as one sentence.
SENTENCES: dict[tuple[str, str], Promise] = {
    (Side.SUSPECT, Verdict.SAME): _("The suspect is the same person"),
    (Side.SUSPECT, Verdict.DIFFERENT): _("The suspects are two different persons"),
    (Side.SUSPECT, Verdict.UNSURE): _("Whether the suspect is the same cannot be said yet"),
    (Side.VICTIM, Verdict.SAME): _("The child is the same"),
    (Side.VICTIM, Verdict.DIFFERENT): _("They are two different children"),
    (Side.VICTIM, Verdict.UNSURE): _("Whether the child is the same cannot be said yet"),
}

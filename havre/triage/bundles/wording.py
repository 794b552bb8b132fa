"""What the desk calls bundles, their states, and what keeps a report by itself."""

from collections.abc import Collection, Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.triage.bundles.rules import BundleState, What

STATES: dict[BundleState, Promise] = {
    BundleState.STANDING: _("Stand together"),
    BundleState.SUGGESTED: _("Suggested"),
    BundleState.REFUSED: _("Taken apart"),
}
# What a button did.
DONE: dict[What, Promise] = {
    What.ACCEPT: _("They stand together now. Those that tell more stand by themselves."),
    What.ASK: _("The provider reads at its console what is missing."),
    What.ASK_NO_MORE: _("The provider is asked no more."),
    What.REFUSE: _("Every report stands by itself, where it was."),
    What.REOPEN: _("They wait again as before."),
}
MOVED: dict[What, Promise] = {
    What.BACK: _("%(report)s stands with the others again."),
    What.OUT: _("%(report)s stands by itself now."),
}
# What a report tells, by the code of its outline up to the first colon.
TOLD: dict[str, Promise] = {
    "access": _("somebody with access to children"),
    "age": _("an age"),
    "annotation": _("a note of the provider on what happened"),
    "class": _("another class of the file"),
    "danger": _("danger now"),
    "danger-words": _("words of danger"),
    "escalation": _("a reason to hurry"),
    "extra": _("fields of its own"),
    "file": _("a note on the file"),
    "foreign-language": _("another language"),
    "identifier": _("an identifier of a kind that the others lack"),
    "meeting": _("a meeting"),
    "minor-reports": _("a child who reports"),
    "name": _("a name"),
    "notes": _("notes on a person"),
    "place": _("a place"),
    "several-files": _("more than one file"),
    "threat": _("a threat"),
    "victim": _("a child"),
    "words": _("words of its own"),
}


def told_in_words(codes: Iterable[str], *, besides: Collection[str]) -> list[Promise]:
    """What a report tells that most others do not, each thing once."""
    kinds = dict.fromkeys(code.partition(":")[0] for code in codes if code not in besides)
    return [TOLD[kind] for kind in kinds if kind in TOLD]

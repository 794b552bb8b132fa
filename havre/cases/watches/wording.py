"""What the pages of watches call things, in the reader's language."""

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.cases.watches.actions import Came
from havre.intake.rules.submission import PersonRole
from havre.links.watches.rules import Authority, Finding, Purpose, Tells, most_standing

Words = dict[str, Promise]

PURPOSES: Words = {
    Purpose.INVESTIGATION: _("An investigation of ours"),
    Purpose.CHILD_PROTECTION: _("Protecting a child"),
    Purpose.SUPERVISION: _("Supervision of a convicted person"),
    Purpose.MISSING_CHILD: _("A missing child"),
}
AUTHORITIES: Words = {
    Authority.DUTY: _("Our duty in law"),
    Authority.ORDER: _("An order or a warrant"),
    Authority.CONSENT: _("Consent of the person"),
}
TELLS: Words = {
    Tells.CENTRE: _("Not our name: the national coordinator speaks with both"),
    Tells.AGENCY: _("Our name, so that the report can be sent to us"),
}
WHOSE: Words = {
    PersonRole.SUSPECT: _("Somebody suspected, or not known"),
    PersonRole.VICTIM: _("A child to protect"),
}
FINDINGS: Words = {
    Finding.RELEVANT: _("Relevant"),
    Finding.NOT_RELEVANT: _("Not relevant"),
    Finding.KNOWN: _("Already known"),
}
CAME: Words = {
    Came.ADDED: _("Added"),
    Came.KNOWN: _("Watched already"),
    Came.NO_IDENTIFIER: _("Not such an identifier: check it"),
    Came.NO_KIND: _("No such kind: see the list of kinds"),
    Came.NO_ROOM: _("No room: your agency watches as many as it may"),
}


def no_room() -> str:
    """Why one more cannot be watched, and what to do."""
    said = _(
        "Your agency watches as many identifiers as it may: %(most)s. Nothing was changed. End"
        " watches that are needed no more; if all are, ask the national centre for a higher limit."
    )
    return said % {"most": number_format(most_standing(), force_grouping=True)}

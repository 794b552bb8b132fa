"""What the pages of notifications call things, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.intake.notifications.rules import Fault, Offence

Words = dict[str, Promise]

OFFENCES: Words = {
    Offence.MAKING: _("Making (Criminal Code, 163.1(2))"),
    Offence.DISTRIBUTION: _("Distribution (Criminal Code, 163.1(3))"),
    Offence.POSSESSION: _("Possession (Criminal Code, 163.1(4))"),
    Offence.ACCESSING: _("Accessing (Criminal Code, 163.1(4.1))"),
}
FAULTS: Words = {
    Fault.CONTACT_MISSING: _("Say how the police reach your representative."),
    Fault.DISCOVERED_LATER: _("This moment is still to come. Check day, time and zone."),
    Fault.DISCOVERED_LONG_AGO: _("This day is long past. Check the year."),
    Fault.OFFENCE_MISSING: _("Choose the offence that you have grounds to believe in."),
    Fault.TEXT_MISSING: _("The regulation asks for this. Write a few words."),
    Fault.TEXT_ODD: _("This holds a character that cannot be read. Type it anew."),
    Fault.TOO_LONG: _("This is too long. Shorten it; tell the police that there is more."),
    Fault.TRANSMISSION_MISSING: _("The law asks for transmission data with manifest material."),
}
TRANSMISSION: Words = {
    "origin": _("Origin"),
    "destination": _("Destination"),
    "date": _("Date"),
    "time": _("Time, with its zone"),
    "duration": _("Duration or size"),
    "type": _("Type"),
    "protocol": _("Protocol"),
}
ZONES: Words = {
    "America/Toronto": _("Eastern time (Toronto)"),
    "America/St_Johns": _("Newfoundland time"),
    "America/Halifax": _("Atlantic time (Halifax)"),
    "America/Winnipeg": _("Central time (Winnipeg)"),
    "America/Edmonton": _("Mountain time (Edmonton)"),
    "America/Vancouver": _("Pacific time (Vancouver)"),
    "UTC": _("Coordinated universal time (UTC)"),
}
WHICH: Words = {"": _("All"), "unread": _("Unread")}

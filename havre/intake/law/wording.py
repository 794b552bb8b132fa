"""What the pages of legal duties call things, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.intake.law.rules.deemed import DeemedFault, Duty, OtherLaw
from havre.intake.law.rules.incidents import IncidentKind, NoticeClock

Words = dict[str, Promise]

OTHER_LAWS: Words = {
    OtherLaw.US_2258A: _("United States: 18 USC 2258A (to NCMEC)"),
    OtherLaw.MANITOBA: _("Manitoba: The Child and Family Services Act"),
    OtherLaw.OTHER_PROVINCE: _("The law of another province"),
    OtherLaw.OTHER_COUNTRY: _("The law of another country"),
}
DEEMED_FAULTS: Words = {
    DeemedFault.DAY_TO_COME: _("This day is still to come."),
    DeemedFault.NUMBER_MISSING: _("Write the number that the report has there."),
    DeemedFault.NUMBER_NOT_NEEDED: _(
        "A standing record stands for no single report. Leave the number empty."
    ),
}
DUTIES: Words = {
    Duty.REPORT_ADDRESS: _("Report the address (section 2)"),
    Duty.NOTIFY_POLICE: _("Notify the police (section 3)"),
    Duty.PRESERVE: _("Preserve the data (section 4)"),
    Duty.SAY_NOTHING: _("Disclose nothing that could harm an investigation (section 5)"),
}
INCIDENTS: Words = {
    IncidentKind.ACCESS: _("Somebody had access who may not have it"),
    IncidentKind.LOSS: _("Records were lost or altered"),
    IncidentKind.OUTAGE: _("Reports could not be received or passed on"),
    IncidentKind.OTHER: _("Something else that endangers the function"),
}
CLOCKS: Words = {
    NoticeClock.RUNNING: _("in time"),
    NoticeClock.SOON: _("fewer than six hours left"),
    NoticeClock.OVERDUE: _("overdue: tell the ministers now"),
    NoticeClock.TIMELY: _("told in time"),
    NoticeClock.LATE: _("told late"),
}

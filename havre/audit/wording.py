"""What the log's events are called on a page, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.audit.rules import Event

EVENTS: dict[str, Promise] = {
    Event.AGENCIES_LOADED: _("Directory of agencies loaded"),
    Event.AUTHENTICATOR_ADDED: _("Second factor added"),
    Event.AUTHENTICATOR_REMOVED: _("Second factor removed"),
    Event.DEMO_MADE: _("Demo world made"),
    Event.EXHIBIT_SEALED: _("File sealed in the vault"),
    Event.FILE_DESCRIBED: _("File described by the provider"),
    Event.FILING_OPENED: _("Filing of a provider opened"),
    Event.FILING_RETRACTED: _("Filing of a provider retracted"),
    Event.IDENTIFIERS_NOTED: _("Identifiers noted"),
    Event.IDENTIFIER_UNMASKED: _("Identifier unmasked"),
    Event.INBOX_READ: _("Inbox read"),
    Event.KEYS_DESTROYED: _("Keys destroyed"),
    Event.KEYS_ROTATED: _("Keys rotated"),
    Event.LOG_READ: _("Log read"),
    Event.MESSAGE_SENT: _("Message sent"),
    Event.OFFICER_ADDED: _("Officer added"),
    Event.OFFICER_SIGNED_IN: _("Officer signed in"),
    Event.OFFICER_SIGNED_OUT: _("Officer signed out"),
    Event.OUTCOME_RECORDED: _("Outcome recorded"),
    Event.PASSWORD_CHANGED: _("Password changed"),
    Event.PROVIDER_ADDED: _("Provider added"),
    Event.QUEUE_READ: _("Queue read"),
    Event.REFERRAL_ACCEPTED: _("Referral accepted"),
    Event.REFERRAL_OPENED: _("Referral opened"),
    Event.REFERRAL_SENT: _("Report referred"),
    Event.REPORT_CLAIMED: _("Report claimed"),
    Event.REPORT_OFF_QUEUE: _("Report taken off the queue"),
    Event.REPORT_OPENED: _("Report opened"),
    Event.REPORT_PARKED: _("Report set aside: needs attention"),
    Event.REPORT_QUEUED: _("Report put in the queue"),
    Event.REPORT_READ_BY_REPORTER: _("Report read by whoever sent it"),
    Event.REPORT_RECEIVED: _("Report received"),
    Event.REPORT_RELEASED: _("Report put back for anyone to take"),
    Event.REPORT_RETURNED: _("Referral returned as misrouted"),
    Event.REPORT_SCORED: _("Report scored"),
    Event.REPORT_SHARED: _("Report shared with an agency"),
    Event.ROUTE_SUGGESTED: _("Agencies suggested"),
    Event.SIGN_IN_FAILED: _("Sign-in failed"),
    Event.STAGE_NOTED: _("Stage noted for the reporter"),
    Event.STEP_TAKEN: _("Step of the route taken"),
}

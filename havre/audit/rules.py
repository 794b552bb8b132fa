"""Words of the log, who can be held to account in it, and the bytes of one line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

import rfc8785

from havre.plumbing.scopes import Context, Scope

LINE_VERSION = 1

Detail = str | int | bool | list[str] | None


class Event(StrEnum):
    """Everything the log can say happened. Named subject.verb, alphabetical."""

    ACCOUNT_KEPT_UP = "account.kept-up"
    ACCOUNT_LET_GO = "account.let-go"
    ADDRESSES_REPORTED = "addresses.reported"
    AGENCIES_LOADED = "agencies.loaded"
    AGENCY_CHOSEN = "agency.chosen"
    ALARMS_READ = "alarms.read"
    ALARM_RAISED = "alarm.raised"
    ANNUAL_READ = "annual.read"
    ANNUAL_WRITTEN = "annual.written"
    ALIKE_ATTACHED = "alike.attached"
    ALIKE_CLOSED = "alike.closed"
    ALIKE_PARTED = "alike.parted"
    ALIKE_READ = "alike.read"
    ALIKE_REJOINED = "alike.rejoined"
    ALIKE_REOPENED = "alike.reopened"
    ALERTS_READ = "alerts.read"
    ALERT_ANSWERED = "alert.answered"
    ALERT_ASKED = "alert.asked"
    AUTHENTICATOR_ADDED = "authenticator.added"
    AUTHENTICATOR_REMOVED = "authenticator.removed"
    BULK_DONE = "bulk.done"
    BULK_FORGOTTEN = "bulk.forgotten"
    BULK_READ = "bulk.read"
    BULK_ROW_FILED = "bulk.row-filed"
    BULK_ROW_REFUSED = "bulk.row-refused"
    BULK_STOOD = "bulk.stood"
    BULK_TAKEN = "bulk.taken"
    BULLETINS_READ = "bulletins.read"
    BULLETIN_POSTED = "bulletin.posted"
    BULLETIN_READ = "bulletin.read"
    BULLETIN_WITHDRAWN = "bulletin.withdrawn"
    BUNDLES_READ = "bundles.read"
    BUNDLE_ACCEPTED = "bundle.accepted"
    BUNDLE_ASKED_BACK = "bundle.asked-back"
    BUNDLE_CLOSED = "bundle.closed"
    BUNDLE_FORMED = "bundle.formed"
    BUNDLE_READ = "bundle.read"
    BUNDLE_REFUSED = "bundle.refused"
    BUNDLE_REOPENED = "bundle.reopened"
    CASES_READ = "cases.read"
    CASES_SEARCHED = "cases.searched"
    CASE_EXHIBIT_TAKEN = "case.exhibit-taken"
    CASE_HANDED_OVER = "case.handed-over"
    CASE_IDENTIFIER_ADDED = "case.identifier-added"
    CASE_KEYS_DROPPED = "case.keys-dropped"
    CASE_MARKED = "case.marked"
    CASE_MEMBER_ADDED = "case.member-added"
    CASE_MEMBER_LEFT = "case.member-left"
    CASE_MOVED = "case.moved"
    CASE_NOTED = "case.noted"
    CASE_OPENED = "case.opened"
    CASE_PERSON_ADDED = "case.person-added"
    CASE_READ = "case.read"
    CASE_REPORT_LINKED = "case.report-linked"
    CASE_SHARED = "case.shared"
    CASE_SHARE_ENDED = "case.share-ended"
    CASE_TASK_DONE = "case.task-done"
    CASE_TASK_SET = "case.task-set"
    CASE_UNMASKED = "case.unmasked"
    CHART_READ = "chart.read"
    CLASSIFICATION_READ = "classification.read"
    CLOSINGS_READ = "closings.read"
    CLOSING_CONFIRMED = "closing.confirmed"
    CLOSURE_ENDED = "closure.ended"
    CLOSURE_NOTED = "closure.noted"
    CONFLICT_NOTED = "conflict.noted"
    CONSOLE_READ = "console.read"
    COPY_ASKED = "copy.asked"
    DEEMED_NOTED = "deemed.noted"
    DEEMED_WITHDRAWN = "deemed.withdrawn"
    DELIVERIES_FORGOTTEN = "deliveries.forgotten"
    DELIVERY_ASKED = "delivery.asked"
    DELIVERY_FAILED = "delivery.failed"
    DELIVERY_SENT = "delivery.sent"
    DEMO_MADE = "demo.made"
    DISPATCHES_READ = "dispatches.read"
    DISPATCH_ANSWERED = "dispatch.answered"
    DISPATCH_FILED = "dispatch.filed"
    DISPATCH_READ = "dispatch.read"
    DOCUMENT_CHECKED = "document.checked"
    EXCHANGES_READ = "exchanges.read"
    ENRICHMENT_READ = "enrichment.read"
    ENRICHMENT_WRITTEN = "enrichment.written"
    EXCHANGE_ASSESSED = "exchange.assessed"
    EXCHANGE_CHANGED = "exchange.changed"
    EXCHANGE_COPIED = "exchange.copied"
    EXCHANGE_DECIDED = "exchange.decided"
    EXCHANGE_FILED = "exchange.filed"
    EXCHANGE_LINKED = "exchange.linked"
    EXCHANGE_MOVED = "exchange.moved"
    EXCHANGE_NOTED = "exchange.noted"
    EXCHANGE_READ = "exchange.read"
    EXCHANGE_UNLINKED = "exchange.unlinked"
    EXHIBIT_SEALED = "exhibit.sealed"
    FIELDS_ASKED = "fields.asked"
    FIELDS_ASKING_ENDED = "fields.asking-ended"
    FILE_DESCRIBED = "file.described"
    FILING_EXPIRED = "filing.expired"
    FILING_FINISHED = "filing.finished"
    FILING_OPENED = "filing.opened"
    FILING_RETRACTED = "filing.retracted"
    FILTERS_READ = "filters.read"
    FILTER_BEGUN_WITH = "filter.begun-with"
    FILTER_DELETED = "filter.deleted"
    FILTER_RENAMED = "filter.renamed"
    FILTER_SAVED = "filter.saved"
    IDENTIFIERS_NOTED = "identifiers.noted"
    IDENTIFIER_HEARD = "identifier.heard"
    IDENTIFIER_HUSHED = "identifier.hushed"
    IDENTIFIER_UNMASKED = "identifier.unmasked"
    INBOX_READ = "inbox.read"
    INCIDENT_CHANGED = "incident.changed"
    INCIDENT_CLASSIFIED = "incident.classified"
    INCIDENT_NOTED = "incident.noted"
    INCIDENT_READ = "incident.read"
    INCIDENT_SENT = "incident.sent"
    INTERPRETER_ASKED = "interpreter.asked"
    INTERPRETER_LET_GO = "interpreter.let-go"
    JUDGEMENT_UNDONE = "judgement.undone"
    KEYS_DESTROYED = "keys.destroyed"
    KEYS_ROTATED = "keys.rotated"
    LEGAL_DUTIES_READ = "legal-duties.read"
    LETTER_SET_ASIDE = "letter.set-aside"
    LIKENESSES_READ = "likenesses.read"
    LINKS_CHECKED = "links.checked"
    LINK_JUDGED = "link.judged"
    LINK_READ = "link.read"
    LOG_READ = "log.read"
    MEASURES_READ = "measures.read"
    MESSAGE_SENT = "message.sent"
    MIRROR_ANSWERED = "mirror.answered"
    MIRROR_CALLED = "mirror.called"
    MIRROR_READ = "mirror.read"
    MIRROR_SET = "mirror.set"
    MISTREATMENT_READ = "mistreatment.read"
    NEWS_FORGOTTEN = "news.forgotten"
    NEWS_PASSED_ON = "news.passed-on"
    NOTICES_READ = "notices.read"
    NOTICES_SET = "notices.set"
    NOTICE_FAILED = "notice.failed"
    NOTICE_SENT = "notice.sent"
    NOTICE_WRITTEN = "notice.written"
    NOTIFICATIONS_READ = "notifications.read"
    NOTIFICATION_OPENED = "notification.opened"
    NOTIFICATION_SENT = "notification.sent"
    OFFICERS_READ = "officers.read"
    OFFICER_ADDED = "officer.added"
    OFFICER_CHANGED = "officer.changed"
    OFFICER_CLOSED = "officer.closed"
    OFFICER_OPENED = "officer.opened"
    OFFICER_REOPENED = "officer.reopened"
    OFFICER_SIGNED_IN = "officer.signed-in"
    OFFICER_SIGNED_OUT = "officer.signed-out"
    OPERATIONS_READ = "operations.read"
    OPERATION_DAYS_SET = "operation.days-set"
    OPERATION_MOVED = "operation.moved"
    OPERATION_PARTNER_ADDED = "operation.partner-added"
    OPERATION_PARTNER_LEFT = "operation.partner-left"
    OPERATION_PLANNED = "operation.planned"
    OPERATION_READ = "operation.read"
    OPERATION_SENT_OUT = "operation.sent-out"
    OPERATION_TARGET_ADDED = "operation.target-added"
    OPERATION_TARGET_MARKED = "operation.target-marked"
    OUTCOME_RECORDED = "outcome.recorded"
    OUTCOME_RELEASED = "outcome.released"
    PACKAGE_FETCHED = "package.fetched"
    PACKAGE_KEYS_READ = "package.keys-read"
    PACKAGE_KEY_ADDED = "package.key-added"
    PACKAGE_KEY_WITHDRAWN = "package.key-withdrawn"
    PAGES_READ = "pages.read"
    PAGE_ACKNOWLEDGED = "page.acknowledged"
    PAGE_CALLED = "page.called"
    PAGE_ENDED = "page.ended"
    PAGE_FAILED = "page.failed"
    PAGE_SENT = "page.sent"
    PAGE_WRITTEN = "page.written"
    PARTNERS_READ = "partners.read"
    PARTNER_ADDED = "partner.added"
    PARTNER_CHANGED = "partner.changed"
    PASSWORD_CHANGED = "password.changed"  # noqa: S105 - the name of an event
    PASSWORD_RESET = "password.reset"  # noqa: S105
    PEOPLE_COMPARED = "people.compared"
    PEOPLE_COMPARING_BEGUN = "people-comparing.begun"
    POLICIES_READ = "policies.read"
    POLICY_ACTIVATED = "policy.activated"
    POLICY_CHANGED = "policy.changed"
    POLICY_DRAFTED = "policy.drafted"
    POLICY_PROPOSED = "policy.proposed"
    POLICY_SIMULATED = "policy.simulated"
    POLICY_WITHDRAWN = "policy.withdrawn"
    PRESERVATION_ENDED = "preservation.ended"
    PRESERVATION_REMINDED = "preservation.reminded"
    PROVIDERS_READ = "providers.read"
    PROVIDER_ADDED = "provider.added"
    PROVIDER_ANSWERED = "provider.answered"
    PROVIDER_ANSWER_CARRIED = "provider.answer-carried"
    PROVIDER_ASKED = "provider.asked"
    PROVIDER_CHANGED = "provider.changed"
    PROVIDER_KEYS_REVOKED = "provider.keys-revoked"
    PROVIDER_KEY_ISSUED = "provider.key-issued"
    PROVIDER_QUESTIONS_READ = "provider.questions-read"
    PROVIDER_QUESTION_WITHDRAWN = "provider.question-withdrawn"
    PROVIDER_REMINDED = "provider.reminded"
    QUEUE_READ = "queue.read"
    RANKING_CONFIRMED = "ranking.confirmed"
    RANKING_ENDED = "ranking.ended"
    REACH_SET = "reach.set"
    REACH_TESTED = "reach.tested"
    REACH_TRIED = "reach.tried"
    RECORD_DESTROYED = "record.destroyed"
    REFERRAL_ACCEPTED = "referral.accepted"
    REFERRAL_ADDED_TO = "referral.added-to"
    REFERRAL_ANSWERED = "referral.answered"
    REFERRAL_ASKED = "referral.asked"
    REFERRAL_CANCELLED = "referral.cancelled"
    REFERRAL_DECLINED = "referral.declined"
    REFERRAL_HANDED_OVER = "referral.handed-over"
    REFERRAL_OPENED = "referral.opened"
    REFERRAL_SENT = "referral.sent"
    REFERRAL_UNDONE = "referral.undone"
    REFIT_READ = "refit.read"
    RELEASE_WITHDRAWN = "release.withdrawn"
    REPORT_CLAIMED = "report.claimed"
    REPORT_CLOSED = "report.closed"
    REPORT_COMPARED = "report.compared"
    REPORT_LINKED = "report.linked"
    REPORT_OFF_QUEUE = "report.off-queue"
    REPORT_OPENED = "report.opened"
    REPORT_OUTLINED = "report.outlined"
    REPORT_PARKED = "report.parked"
    REPORT_PULLED_OUT = "report.pulled-out"
    REPORT_PUT_BACK = "report.put-back"
    REPORT_QUEUED = "report.queued"
    REPORT_RANKED = "report.ranked"
    REPORT_READ_BY_REPORTER = "report.read-by-reporter"
    REPORT_RECEIVED = "report.received"
    REPORT_RELEASED = "report.released"
    REPORT_REOPENED = "report.reopened"
    REPORT_RESCORED = "report.rescored"
    REPORT_RETURNED = "report.returned"
    REPORT_SCORED = "report.scored"
    REPORT_SHARED = "report.shared"
    REPORT_TAKEN = "report.taken"
    REPORT_UNSHARED = "report.unshared"
    REPORT_WITHDRAWN = "report.withdrawn"
    REQUESTS_READ = "requests.read"
    REQUEST_CHANGED = "request.changed"
    REQUEST_DRAFTED = "request.drafted"
    REQUEST_PRINTED = "request.printed"
    REQUEST_READ = "request.read"
    REQUEST_SENT = "request.sent"
    REQUEST_SETTLED = "request.settled"
    ROTA_READ = "rota.read"
    ROUTE_SUGGESTED = "route.suggested"
    SECONDMENTS_READ = "secondments.read"
    SECONDMENT_AGREED = "secondment.agreed"
    SECONDMENT_ASKED = "secondment.asked"
    SECONDMENT_ENDED = "secondment.ended"
    SECONDMENT_LET_IN = "secondment.let-in"
    SECONDMENT_NEAR_END = "secondment.near-end"
    SECONDMENT_READ = "secondment.read"
    SECONDMENT_REFUSED = "secondment.refused"
    SECONDMENT_WITHDRAWN = "secondment.withdrawn"
    SECOND_FACTOR_RESET = "second-factor.reset"
    SENDER_ADDED = "sender.added"
    SENDER_REMOVED = "sender.removed"
    SHEETS_READ = "sheets.read"
    SHEET_CLAIMED = "sheet.claimed"
    SHEET_HANDED_BACK = "sheet.handed-back"
    SHEET_KEPT = "sheet.kept"
    SHEET_OFFERED = "sheet.offered"
    SHEET_READ = "sheet.read"
    SHEET_RELEASED = "sheet.released"
    SHIFTS_SET = "shifts.set"
    SHIFT_GIVEN = "shift.given"
    SHIFT_HANDED_OVER = "shift.handed-over"
    SHIFT_READ = "shift.read"
    SHIFT_REMOVED = "shift.removed"
    SILENT_ALERT_MARKED = "silent-alert.marked"
    SILENT_WATCHES_MET = "silent-watches.met"
    SILENT_WATCHES_READ = "silent-watches.read"
    SILENT_WATCH_ASKED = "silent-watch.asked"
    SILENT_WATCH_DECIDED = "silent-watch.decided"
    SILENT_WATCH_ENDED = "silent-watch.ended"
    SILENT_WATCH_MET = "silent-watch.met"
    SILENT_WATCH_SETTLED = "silent-watch.settled"
    SIGNS_NOTED = "signs.noted"
    SIGN_IN_FAILED = "sign-in.failed"
    SIMULATION_ASKED = "simulation.asked"
    STAGE_NOTED = "stage.noted"
    STAGE_TAKEN_BACK = "stage.taken-back"
    STEP_TAKEN = "step.taken"
    SYSTEM_KEYS_READ = "system-keys.read"
    SYSTEM_KEY_ISSUED = "system-key.issued"
    SYSTEM_KEY_REVOKED = "system-key.revoked"
    SYSTEM_REQUESTS_FORGOTTEN = "system-requests.forgotten"
    SYSTEM_REQUEST_DONE = "system-request.done"
    THIN_NOTED = "report.thin-noted"
    TRANSLATION_READ = "translation.read"
    TRANSLATION_TAKEN_BACK = "translation.taken-back"
    TRANSLATION_WRITTEN = "translation.written"
    WATCHES_ADDED = "watches.added"
    WATCHES_MET = "watches.met"
    WATCHES_READ = "watches.read"
    WATCH_ADDED = "watch.added"
    WATCH_CHANGED = "watch.changed"
    WATCH_ENDED = "watch.ended"
    WATCH_HUSHED = "watch.hushed"
    WATCH_MET = "watch.met"
    WEBHOOKS_READ = "webhooks.read"
    WEBHOOK_SECRET_MADE = "webhook.secret-made"  # noqa: S105 - the name of an event
    WEBHOOK_SET = "webhook.set"
    XARF_TAKEN = "xarf.taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the log as plain facts. Details hold ids and counts, never typed text."""

    id: UUID
    at: datetime
    event: str
    actor: str
    agency: str
    about_kind: str
    about: str
    details: Mapping[str, Detail]
    salt: bytes
    version: int = LINE_VERSION


def canonical_bytes(line: Line) -> bytes:
    """The line's one byte form: RFC 8785 JSON. A Merkle leaf hashes exactly these bytes."""
    return rfc8785.dumps(
        {
            "about": line.about,
            "about_kind": line.about_kind,
            "actor": line.actor,
            "agency": line.agency,
            "at": line.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "details": dict(line.details),
            "event": line.event,
            "id": str(line.id),
            "salt": line.salt.hex(),
            "version": line.version,
        }
    )


class Actor(Protocol):
    """An officer, a provider, a reporter, or a station of Havre's own."""

    @property
    def signature(self) -> str: ...

    @property
    def context(self) -> Context: ...


class Station(StrEnum):
    """Parts of Havre that act without a person at the keyboard."""

    PIPELINE = "station:pipeline"
    PUBLIC_FORM = "station:public-form"
    SET_UP = "station:set-up"
    SIGN_IN = "station:sign-in"

    @property
    def signature(self) -> str:
        return self.value

    @property
    def context(self) -> Context:
        outside = {Station.PUBLIC_FORM, Station.SIGN_IN}
        scope = Scope.PUBLIC if self in outside else Scope.WORK
        return Context(actor=self.value, scope=scope)


class UnloggedActionError(Exception):
    """An action ended without its line in the log. Nothing of it is kept."""

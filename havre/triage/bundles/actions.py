"""Outlines noted, bundles agreed to and taken apart, their reports closed and opened together."""

from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext as _

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Actor, Event
from havre.identifiers.reads import token_of
from havre.identifiers.rules.submissions import find_in_submission
from havre.identifiers.rules.words import Kind
from havre.intake.later.reads import is_told_more, told_more_among
from havre.intake.models import Report
from havre.intake.providers.reads import hashes_of_files, supplemented_by
from havre.intake.providers.rules.quality import quality_of
from havre.intake.providers.wires.ispws import is_batched
from havre.intake.reads import report_by_id
from havre.intake.sealed import told_in
from havre.intake.thin.actions import ask_for_fields, end_asking, note_thin
from havre.intake.thin.reads import missing_in, named
from havre.plumbing import clock
from havre.plumbing.keys import keys
from havre.triage.bundles.models import Bundle, Outline
from havre.triage.bundles.reads import (
    BundlePage,
    BundlesPage,
    Said,
    bundle_page,
    bundles_page,
    closed_in,
    last_closed_by,
    members_of,
    since_of,
)
from havre.triage.bundles.rules import (
    BundleState,
    ClosedTogether,
    NotSoError,
    Outlined,
    outline_of,
)
from havre.triage.bundles.settling import divided, keep_outline, put_in, settle
from havre.triage.closing.actions import close_report, reopen_report
from havre.triage.closing.rules import ClosingReason
from havre.triage.closing.sealed import note_of
from havre.triage.models import QueueItem

# One decision writes the lines of so many reports; what is left over is decided again, by a person.
# No job does it: whoever decided may have lost the right to, and what came meanwhile is unseen.
MOST_AT_ONCE = 500


@action(Event.REPORT_OUTLINED)
def note_outline(report_id: UUID, *, by: Actor) -> None:
    """Note what a report tells in outline, and let it stand with its like. Safe to repeat.

    A report that somebody added to, or opened again by itself, stands by itself from then on.
    """
    report = report_by_id(report_id, actor=by)
    facts = _outlined(report, by=by)
    tokens = [token_of(Kind.FILE_HASH, value).hex() for value in facts.hashes]
    outline = keep_outline(
        Outline(
            report=report,
            compartment=report.compartment,
            provider_id=report.provider_id,
            template=facts.template if report.provider_id else "",
            told=list(facts.told),
            files=tokens,
        )
    )
    if outline.closed_with_id or is_told_more(report_id):
        _keep_apart(outline)
    earlier = supplemented_by(report_id, actor=by)
    for added_to in Outline.objects.filter(report=earlier) if earlier else ():
        _keep_apart(added_to)
        settle(added_to, by=by)
    bundle = settle(outline, by=by)
    record(
        Event.REPORT_OUTLINED,
        about_kind="report",
        about=report_id,
        by=by,
        bundle=str(bundle.pk) if bundle else None,
        tells=len(facts.told),
    )


@action(Event.BUNDLES_READ)
def read_bundles(*, state: str = "", after: str = "", by: Officer) -> BundlesPage:
    """Look at a page of bundles."""
    page = bundles_page(state=state, after=after, actor=by)
    record(Event.BUNDLES_READ, about_kind="queue", about="bundles", by=by, rows=len(page.rows))
    return page


@action(Event.BUNDLE_READ)
def read_bundle(
    pk: UUID, *, part: str = "", after: str = "", more: str = "", language: str = "en", by: Officer
) -> BundlePage:
    """Look at a page of a bundle's reports. Raises Bundle.DoesNotExist.

    With `more`, whoever closed the last ones reads their own words again, to close the next ones.
    """
    page = bundle_page(pk, part=part, after=after, language=language, actor=by)
    last = last_closed_by(by, page.row.bundle) if more and page.row.reports else None
    if last:
        page = replace(page, said=Said(reason=last.reason, note=note_of(last, by=by)))
    record(
        Event.BUNDLE_READ,
        about_kind="bundle",
        about=pk,
        by=by,
        rows=len(page.rows),
        note_of=str(last.report_id) if last else None,
    )
    return page


@action(Event.BUNDLE_ACCEPTED)
def accept_bundle(pk: UUID, *, by: Officer) -> int:
    """Agree that reports stand together: those that tell no more than the others. Gives how many.

    Raises NotSoError when they do already, Bundle.DoesNotExist.
    """
    bundle = _held(pk, by)
    if bundle.state == BundleState.STANDING:
        raise NotSoError
    inside, _apart, common = divided(bundle)
    _decide(bundle, BundleState.STANDING, by=by, common=sorted(common))
    count = put_in(bundle, inside, by=by)
    record(Event.BUNDLE_ACCEPTED, about_kind="bundle", about=pk, by=by, reports=count)
    return count


@action(Event.BUNDLE_REFUSED)
def refuse_bundle(pk: UUID, *, by: Officer) -> int:
    """Take a bundle apart, or refuse a suggestion: every report stands by itself where it was.

    Raises NotSoError when that is so already, Bundle.DoesNotExist. Gives how many stood in it.
    """
    bundle = _held(pk, by)
    if bundle.state == BundleState.REFUSED:
        raise NotSoError
    _decide(bundle, BundleState.REFUSED, by=by)
    count = QueueItem.objects.filter(bundle=bundle).update(bundle=None)
    record(Event.BUNDLE_REFUSED, about_kind="bundle", about=pk, by=by, reports=count)
    return count


@action(Event.REPORT_PULLED_OUT)
def pull_out(pk: UUID, reference: str, *, by: Officer) -> None:
    """Take one report out of a bundle: it stands by itself, also when the others are decided.

    Raises NotSoError when it does not stand in it, Bundle.DoesNotExist.
    """
    bundle = _held(pk, by)
    item = QueueItem.objects.filter(bundle=bundle, report__reference=reference).first()
    if item is None:
        raise NotSoError
    _keep_apart(Outline.objects.get(report=item.report_id))
    QueueItem.objects.filter(pk=item.pk).update(bundle=None)
    about = item.report_id
    record(Event.REPORT_PULLED_OUT, about_kind="report", about=about, by=by, bundle=str(pk))


@action(Event.REPORT_PUT_BACK)
def put_back(pk: UUID, reference: str, *, by: Officer) -> None:
    """Let a report that was taken out stand with the others again.

    Raises NotSoError when it does not belong there, became urgent, or a later word of it waits;
    Bundle.DoesNotExist.
    """
    bundle = _held(pk, by)
    found = Outline.objects.visible_to(by).filter(report__reference=reference, kept_apart=True)
    outline = found.first()
    if outline is None or told_more_among([outline.report_id]):
        raise NotSoError
    Outline.objects.filter(pk=outline.pk).update(kept_apart=False)
    outline.kept_apart = False
    if settle(outline, by=by) != bundle:
        raise NotSoError
    about = outline.report_id
    record(Event.REPORT_PUT_BACK, about_kind="report", about=about, by=by, bundle=str(pk))


@action(Event.BUNDLE_CLOSED)
def close_bundle(pk: UUID, *, reason: ClosingReason, note: str, by: Officer) -> ClosedTogether:
    """Close the reports of a bundle without referral, for one reason, the oldest first.

    Each is closed as by itself: a sample is read by a second person. Of which a later word waits,
    stands by itself from now on, also where that leaves none to close: the next ones come up then.
    Raises NotSoError when none stands in it, Bundle.DoesNotExist.
    """
    bundle = _held(pk, by)
    standing = members_of(bundle)
    oldest = dict(standing.values_list("report", "report__reference")[:MOST_AT_ONCE])
    if not oldest:
        raise NotSoError
    apart = told_more_among(list(oldest))
    _set_apart(apart, bundle, by=by)
    chosen = {report: name for report, name in oldest.items() if report not in apart}
    for report, reference in chosen.items():
        close_report(reference, reason=reason, note=note, tells_reporter=False, by=by)
        Outline.objects.filter(report=report).update(closed_with=bundle)
    if chosen:
        _decide(bundle, BundleState.STANDING, by=by)
    done = ClosedTogether(closed=len(chosen), apart=len(apart), left=standing.count())
    record(
        Event.BUNDLE_CLOSED,
        about_kind="bundle",
        about=pk,
        by=by,
        reason=reason,
        reports=done.closed,
        apart=done.apart,
        left=done.left,
    )
    return done


@action(Event.BUNDLE_REOPENED)
def reopen_bundle(pk: UUID, *, by: Officer) -> tuple[int, int]:
    """Open again what was closed with a bundle: each waits as before, and stands in it again.

    Gives how many were opened, and how many are closed still. Raises NotSoError,
    Bundle.DoesNotExist.
    """
    bundle = _held(pk, by)
    closed = closed_in(bundle, actor=by)
    chosen = list(closed.values_list("report", "report__reference")[:MOST_AT_ONCE])
    if not chosen:
        raise NotSoError
    note = _("Closed together with others, and opened again together with them.")
    for report, reference in chosen:
        Outline.objects.filter(report=report).update(closed_with=None)
        reopen_report(reference, note=note, by=by)
        if bundle.state == BundleState.STANDING:
            QueueItem.objects.filter(report=report).update(bundle=bundle)
    left = closed.count()
    record(
        Event.BUNDLE_REOPENED,
        about_kind="bundle",
        about=pk,
        by=by,
        reports=len(chosen),
        left=left,
    )
    return len(chosen), left


@action(Event.BUNDLE_ASKED_BACK)
def ask_back(pk: UUID, *, by: Officer) -> list[str]:
    """Ask the provider of empty forms for the fields that they left out. Gives the fields.

    Raises NotSoError when nothing stands in it or it is not of one provider, Bundle.DoesNotExist.
    """
    bundle = _held(pk, by)
    standing, since = members_of(bundle), since_of(bundle)
    if bundle.provider is None or since is None:
        raise NotSoError
    fields = named(missing_in(standing.values_list("report", flat=True), actor=by))
    ask_for_fields(
        bundle.pk,
        provider=bundle.provider,
        compartment=bundle.compartment,
        fields=fields,
        reports=standing.count(),
        since=since,
        by=by,
    )
    record(Event.BUNDLE_ASKED_BACK, about_kind="bundle", about=pk, by=by, fields=fields)
    return fields


@action(Event.FIELDS_ASKING_ENDED)
def take_question_back(pk: UUID, *, by: Officer) -> None:
    """Ask the provider no more. Raises NotSoError when nothing is asked, Bundle.DoesNotExist."""
    bundle = _held(pk, by)
    if not end_asking(bundle.pk, by=by):
        raise NotSoError


def _outlined(report: Report, *, by: Actor) -> Outlined:
    submission = told_in(report, by=by)
    facts = outline_of(
        submission,
        find_in_submission(submission),
        sealed=hashes_of_files(report.pk, actor=by),
        key=keys().pepper("outline"),
    )
    if facts.template and report.provider_id:
        missing = quality_of(submission, is_batched=is_batched(submission)).missing
        note_thin(report, missing=missing, by=by)
    return facts


def _set_apart(reports: set[UUID], bundle: Bundle, *, by: Officer) -> None:
    """Let these of a bundle stand by themselves from now on, with a line for each."""
    for outline in Outline.objects.filter(report__in=reports):
        _keep_apart(outline)
    QueueItem.objects.filter(report__in=reports).update(bundle=None)
    out_of = str(bundle.pk)
    for about in sorted(reports):
        record(Event.REPORT_PULLED_OUT, about_kind="report", about=about, by=by, bundle=out_of)


def _keep_apart(outline: Outline) -> None:
    outline.kept_apart, outline.closed_with = True, None
    outline.save(update_fields=["kept_apart", "closed_with"])


def _held(pk: UUID, by: Officer) -> Bundle:
    """A bundle, its row held until all is written. Raises Bundle.DoesNotExist."""
    found = Bundle.objects.visible_to(by).select_for_update(of=("self",))
    return found.select_related("provider").get(pk=pk)


def _decide(bundle: Bundle, state: BundleState, *, by: Officer, **also: object) -> None:
    for column, value in also.items():
        setattr(bundle, column, value)
    bundle.state, bundle.decided_by, bundle.decided_at = state, by, clock.now()
    bundle.save(update_fields=["state", "decided_by", "decided_at", *also])

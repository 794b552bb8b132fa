"""A report's words offered to interpreters. Parts of other actions, which write the line."""

from collections.abc import Mapping

from havre.audit.actions import record
from havre.audit.rules import Actor, Event, Station
from havre.identifiers.editions.reads import is_noted
from havre.identifiers.people.reads import reporters_own
from havre.intake.models import Report
from havre.intake.rules.submission import Submission
from havre.intake.sealed import told_in
from havre.intake.splits.rules import later_field
from havre.plumbing import clock, ids
from havre.plumbing.context import acting_as
from havre.triage.interpreting.models import Wanted
from havre.triage.interpreting.rules import without, words_to_translate
from havre.triage.interpreting.sealed import words_since
from havre.triage.interpreting.sheets.models import Sheet
from havre.triage.interpreting.sheets.rules import is_held, passages_to_translate
from havre.triage.interpreting.sheets.sealed import open_passages, seal_passages

BY = Station.PIPELINE


def settle_sheet(report: Report) -> None:
    """Bring what interpreters are offered of a report up to what is asked for. Safe to repeat.

    What somebody has in hand stays as it is; what was written since is offered after it. Nothing
    is offered before the present rules noted the identifiers: until then the reporter's own are not
    known.
    """
    with acting_as(BY.context):
        wanted = Wanted.objects.waiting().filter(report=report).first()
        held = Sheet.objects.open().select_for_update(of=("self",))
        standing = held.filter(report=report).first()
        if standing and (wanted is None or standing.language != wanted.language):
            standing.withdrawn_at = clock.now()
            standing.save(update_fields=["withdrawn_at"])
            standing = None
        is_in_hand = standing and is_held(standing.claimed_at, now=clock.now())
        if wanted and not is_in_hand and is_noted(report.pk, actor=BY):
            _offer(wanted, standing)


def places_asked_for(report: Report) -> frozenset[str]:
    """Where in a report the words stand that an interpreter was ever offered."""
    with acting_as(BY.context):
        offered = Sheet.objects.filter(report=report).values_list("places", flat=True)
        return frozenset(place for places in offered for place in places)


def texts_of(told: Submission, messages: Mapping[str, str]) -> dict[str, str]:
    """What was written freely, by its place: in the report, and in what came after it."""
    own = {f"told.{n}": text for n, text in enumerate(words_to_translate(told)) if text}
    return own | {later_field(pk): text for pk, text in messages.items() if text}


def texts_given(report: Report, *, by: Actor) -> dict[str, str]:
    """What was written freely, without whatever its reporter is known or reached by."""
    texts = texts_of(told_in(report, by=by), words_since(report, by=by))
    own = reporters_own(report.pk, texts, actor=by)
    return {
        place: without(text, [(start, end) for field, start, end in own if field == place])
        for place, text in texts.items()
    }


def _offer(wanted: Wanted, standing: Sheet | None) -> None:
    report = wanted.report
    others = Sheet.objects.filter(report=report)
    covered = others.exclude(pk=standing.pk) if standing else others
    known = [place for places in covered.values_list("places", flat=True) for place in places]
    passages = passages_to_translate(texts_given(report, by=BY), covered=known)
    places = [one.place for one in passages]
    # The same places may be cut anew: more may be known of the reporter by now.
    if not passages or (standing and list(open_passages(standing)) == passages):
        return
    sheet = standing or Sheet(
        id=ids.uuid7(), report=report, compartment=report.compartment, language=wanted.language
    )
    sheet.places, sheet.body = places, seal_passages(sheet, passages)
    sheet.save(force_insert=standing is None)
    record(
        Event.SHEET_OFFERED,
        about_kind="report",
        about=report.pk,
        by=BY,
        sheet=str(sheet.pk),
        language=sheet.language,
        parts=len(places),
    )

"""Where a report stands by its outline: with its like, or by itself. Parts of actions.

The row of a bundle is held while reports join it, so that one that comes late joins what a person
agreed to a moment ago, and nothing that was taken apart meanwhile.
"""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet

from havre.audit.actions import record
from havre.audit.rules import Actor, Event
from havre.identifiers.models import Hush
from havre.intake.thin.actions import note_in_bulk
from havre.plumbing.pipes import ask_again, statement
from havre.plumbing.values.written import written_once
from havre.triage.alike.clues import note_clues, told_often
from havre.triage.bundles.models import Bundle, Outline
from havre.triage.bundles.rules import (
    FEWEST,
    BundleKind,
    BundleState,
    common_to,
    stays_apart_for,
)
from havre.triage.models import QUIET, QueueItem

NOTE_OUTLINE = Path(__file__).parent / "sql" / "note_outline.sql"


def settle(outline: Outline, *, by: Actor) -> Bundle | None:
    """Put a report that waits where its outline says. Gives the bundle in which it stands."""
    bundle = None
    if not outline.kept_apart and _waits_quietly(outline.report_id):
        joins = _join_forms if outline.template else _join_file
        bundle = joins(outline, by=by)
    if bundle or _bundle_of(outline.report_id):
        # Where it joined the others that form a bundle with it, this says it once more.
        QueueItem.objects.filter(report=outline.report_id).update(bundle=bundle)
    return bundle


@written_once
def _waits_quietly(report: UUID) -> QuerySet[QueueItem, UUID]:
    return QueueItem.objects.filter(QUIET, report=report).order_by().values_list("pk", flat=True)


@written_once
def _bundle_of(report: UUID) -> QuerySet[QueueItem, UUID | None]:
    standing = QueueItem.objects.filter(report=report, bundle__isnull=False).order_by()
    return standing.values_list("bundle", flat=True)


def keep_outline(outline: Outline) -> Outline:
    """Keep a report's outline, for the first time or anew, and hold its row.

    Gives it with what was decided of it before.
    """
    told = {
        "report": outline.report_id,
        "compartment": outline.compartment,
        "provider": outline.provider_id,
        "template": outline.template,
        "told": outline.told,
        "files": outline.files,
    }
    ((outline.kept_apart, outline.closed_with_id),) = ask_again(statement(NOTE_OUTLINE), told)
    outline._state.adding = False  # noqa: SLF001 - it stands in the table
    note_clues([bytes.fromhex(token) for token in outline.files], to=outline.report_id)
    return outline


def candidates(
    kind: str, *, compartment: str, provider: UUID | None, key: str
) -> QuerySet[Outline]:
    """The outlines of what waits quietly and could stand in a bundle."""
    waiting = QueueItem.objects.filter(QUIET, compartment=compartment)
    found = Outline.objects.filter(
        compartment=compartment, kept_apart=False, report__in=waiting.values("report")
    )
    if kind == BundleKind.EMPTY:
        return found.filter(provider=provider, template=key)
    return found.filter(template="", files__contains=[key])


def candidates_for(bundle: Bundle) -> QuerySet[Outline]:
    """The outlines of what could stand in this bundle."""
    return candidates(
        bundle.kind,
        compartment=bundle.compartment,
        provider=bundle.provider_id,
        key=bundle.key,
    )


def divided(bundle: Bundle) -> tuple[list[UUID], list[UUID], frozenset[str]]:
    """Which of its candidates would stand in it, which by themselves, and what they share."""
    found = list(candidates_for(bundle).values_list("report", "told"))
    common = common_to([told for _, told in found])
    if bundle.kind == BundleKind.EMPTY:
        return [report for report, _ in found], [], common
    inside = [pk for pk, told in found if not stays_apart_for(told, common=common)]
    apart = [pk for pk, told in found if stays_apart_for(told, common=common)]
    return inside, apart, common


def put_in(bundle: Bundle, reports: Sequence[UUID], *, by: Actor) -> int:
    """Let reports that wait quietly stand in a bundle. Gives how many."""
    waiting = QueueItem.objects.filter(QUIET, report__in=list(reports))
    count = waiting.update(bundle=bundle)
    if bundle.kind == BundleKind.EMPTY:
        note_in_bulk(bundle.pk, reports, by=by)
    return count


def _join_forms(outline: Outline, *, by: Actor) -> Bundle | None:
    """Empty forms stand together as soon as there are enough; nobody has to agree."""
    bundle = _held(BundleKind.EMPTY, outline, [outline.template])
    if bundle is None:
        found = candidates(
            BundleKind.EMPTY,
            compartment=outline.compartment,
            provider=outline.provider_id,
            key=outline.template,
        )
        if found.count() < FEWEST:
            return None
        bundle = _formed(BundleKind.EMPTY, outline, outline.template, by=by)
        if bundle.state == BundleState.STANDING:
            put_in(bundle, list(found.values_list("report", flat=True)), by=by)
    elif bundle.state == BundleState.STANDING:
        note_in_bulk(bundle.pk, [outline.report_id], by=by)
    return bundle if bundle.state == BundleState.STANDING else None


def _join_file(outline: Outline, *, by: Actor) -> Bundle | None:
    """One file in many reports is suggested. What tells more than the others joins nothing."""
    if not outline.files:
        return None
    tokens = _unhushed(outline.files)
    bundle = _held(BundleKind.SAME_FILE, outline, tokens)
    if bundle is None:
        # Its own clue may not be written yet.
        often = told_often([bytes.fromhex(token) for token in tokens], times=FEWEST - 1)
        counts = {
            token: candidates(
                BundleKind.SAME_FILE, compartment=outline.compartment, provider=None, key=token
            ).count()
            for token in tokens
            if bytes.fromhex(token) in often
        }
        most = max(counts, key=lambda token: counts[token], default="")
        if most and counts[most] >= FEWEST:
            _formed(BundleKind.SAME_FILE, outline, most, by=by)
        return None
    if bundle.state != BundleState.STANDING:
        return None
    return None if stays_apart_for(outline.told, common=bundle.common) else bundle


def _held(kind: BundleKind, outline: Outline, keys: Sequence[str]) -> Bundle | None:
    """The bundle of one of these keys, its row held."""
    found = Bundle.objects.filter(kind=kind, compartment=outline.compartment, key__in=list(keys))
    if kind is BundleKind.EMPTY:
        found = found.filter(provider=outline.provider_id)
    held = found.select_for_update(of=("self",)).order_by("id")
    # One that stands goes before one that is suggested or was taken apart.
    return min(held, key=lambda one: one.state != BundleState.STANDING, default=None)


def _formed(kind: BundleKind, outline: Outline, key: str, *, by: Actor) -> Bundle:
    """The bundle of a key; another worker may have formed it a moment ago."""
    is_form = kind is BundleKind.EMPTY
    bundle, is_new = Bundle.objects.get_or_create(
        kind=kind,
        compartment=outline.compartment,
        provider=outline.provider if is_form else None,
        key=key,
        defaults={
            "state": BundleState.STANDING if is_form else BundleState.SUGGESTED,
            "common": outline.told if is_form else [],
        },
    )
    if is_new:
        record(Event.BUNDLE_FORMED, about_kind="bundle", about=bundle.pk, by=by, kind=kind)
    return Bundle.objects.select_for_update(of=("self",)).get(pk=bundle.pk)


def _unhushed(tokens: Sequence[str]) -> list[str]:
    """Those of the tokens that may tie reports: no agency keeps them quiet."""
    raw = [bytes.fromhex(token) for token in tokens]
    found = Hush.objects.filter(token__in=raw).values_list("token", flat=True)
    hushed = {bytes(token).hex() for token in found}
    return [token for token in tokens if token not in hushed]

"""Questions about files of reports: how far they are, and what came of their rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from havre.agencies.models import Provider
from havre.audit.rules import Actor
from havre.evidence.custody import key_of
from havre.evidence.vault import opened_exhibit
from havre.intake.bulk.models import Row, Upload
from havre.intake.bulk.rules import RESULTS_KEPT, BulkState, Outcome, RowTold, Sheet
from havre.intake.bulk.wires.sheets import read_sheet
from havre.plumbing import clock
from havre.plumbing.sealing import open_json, place

SHOWN = 50
# A worker takes a file up within seconds; one that nobody works on is handed out again.
LOST_AFTER = timedelta(minutes=1)
OF_OUTCOME = {
    Outcome.ACCEPTED: Q(number__isnull=False),
    Outcome.FINE: Q(is_fine=True),
    # These are the rows of which none is kept.
    Outcome.NOT_FILED: Q(pk=None),
    Outcome.REFUSED: Q(faults__isnull=False),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A file of reports, and how far it is."""

    upload: Upload
    accepted: int
    refused: int
    fine: int = 0
    # It was stopped, and goes on because the same bytes came again.
    is_resumed: bool = False

    @property
    def done(self) -> int:
        """The rows of which something came."""
        return self.accepted + self.refused + self.fine

    @property
    def left(self) -> int:
        """The rows of which nothing came yet."""
        return self.upload.rows - self.done

    @property
    def is_stopped(self) -> bool:
        """Whether its provider has stopped it."""
        return self.upload.state == BulkState.STOPPED

    @property
    def is_done(self) -> bool:
        """Whether every row is done."""
        return self.upload.state == BulkState.DONE


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressPage:
    """A page of a provider's files, the latest first."""

    rows: tuple[Progress, ...]
    chosen: int
    next: str


def counted(uploads: QuerySet[Upload]) -> list[Progress]:
    """Files with their counts."""
    found = uploads.annotate(
        accepted=Count("told", filter=Q(told__number__isnull=False)),
        refused=Count("told", filter=Q(told__faults__isnull=False)),
        fine=Count("told", filter=Q(told__is_fine=True)),
    )
    return [
        Progress(upload=one, accepted=one.accepted, refused=one.refused, fine=one.fine)
        for one in found
    ]


def progress_page(*, after: str = "", actor: Actor) -> ProgressPage:
    """A provider's files, the latest first; `after` is what the page before gave as `next`."""
    own = Upload.objects.visible_to(actor)
    last = _id(after)
    chosen = own.filter(pk__lt=last) if last else own
    found = counted(chosen.order_by("-id")[: SHOWN + 1])
    return ProgressPage(
        rows=tuple(found[:SHOWN]),
        chosen=own.count(),
        next=str(found[SHOWN - 1].upload.pk) if len(found) > SHOWN else "",
    )


def progress_of(upload: UUID, *, actor: Actor) -> Progress:
    """How far a file is. Raises Upload.DoesNotExist for every other's."""
    found = counted(Upload.objects.visible_to(actor).filter(pk=upload))
    if not found:
        raise Upload.DoesNotExist
    return found[0]


def same_upload(sha256: str, *, is_trial: bool, actor: Actor) -> Progress | None:
    """The file of the very same bytes of which something was made, or will be.

    What is stopped can go on, so it is the same one too, also before its first report. A trial
    makes nothing: it is the same one until its last row is looked at.
    """
    own = Upload.objects.visible_to(actor).filter(sha256=sha256, is_trial=is_trial)
    for found in counted(own.order_by("-id")):
        if found.accepted or not found.is_done:
            return found
    return None


def waiting_uploads(*, actor: Actor) -> int:
    """How many of a provider's files wait or are being filed."""
    return Upload.objects.visible_to(actor).filter(state=BulkState.WAITING).count()


def held_uploads(*, actor: Actor) -> int:
    """How many of a provider's files wait, are being filed, or are stopped."""
    return Upload.objects.visible_to(actor).exclude(state=BulkState.DONE).count()


def rows_told(
    upload: Upload,
    *,
    after: int = 0,
    outcome: Outcome | None = None,
    limit: int | None = None,
    actor: Actor,
) -> list[RowTold]:
    """What came of the rows of a file, in their order. Call it from an action.

    While it stands still, its other rows are told too.
    """
    told = Row.objects.visible_to(actor).filter(upload=upload, place__gt=after).order_by("place")
    if outcome is not None:
        told = told.filter(OF_OUTCOME[outcome])
    found = list(told[:limit])
    key = key_of(upload.results, by=actor) if any(row.faults for row in found) else b""
    rows = [_told(row, key) for row in found]
    if upload.state == BulkState.STOPPED and outcome in {None, Outcome.NOT_FILED}:
        done = places_done(upload, actor=actor)
        places = (row.place for row in sheet_of(upload, actor=actor).rows)
        left = [place for place in places if place > after and place not in done]
        rows += [RowTold(place=place, outcome=Outcome.NOT_FILED) for place in left]
    return sorted(rows, key=lambda row: row.place)[:limit]


def sheet_of(upload: Upload, *, actor: Actor) -> Sheet:
    """The rows that a file was sent with, while its key is there."""
    key = key_of(upload.pk, by=actor)
    return read_sheet(b"".join(opened_exhibit(upload.exhibit, key=key)))


def places_done(upload: Upload, *, actor: Actor) -> set[int]:
    """The rows of a file that are done."""
    done = Row.objects.visible_to(actor).filter(upload=upload)
    return set(done.values_list("place", flat=True))


def upload_to_file(upload: UUID, *, actor: Actor) -> tuple[Upload, Provider] | None:
    """A file that waits, and whose it is; None when it is done, or forgotten."""
    waiting = Upload.objects.visible_to(actor).filter(state=BulkState.WAITING)
    found = waiting.select_related("provider", "exhibit").filter(pk=upload).first()
    return (found, found.provider) if found else None


def upload_to_change(upload: UUID, *, actor: Actor) -> Upload:
    """A file, locked. Raises Upload.DoesNotExist."""
    return Upload.objects.visible_to(actor).select_for_update(no_key=True).get(pk=upload)


def upload_to_forget(upload: UUID, *, actor: Actor) -> Upload:
    """A file whose results were kept long enough, locked. Raises Upload.DoesNotExist."""
    return _kept_long_enough(actor).select_for_update(no_key=True).get(pk=upload)


def uploads_that_wait(*, actor: Actor) -> Sequence[UUID]:
    """Files that have waited for a minute."""
    waiting = Upload.objects.visible_to(actor).filter(state=BulkState.WAITING)
    return list(
        waiting.filter(uploaded_at__lt=clock.now() - LOST_AFTER).values_list("pk", flat=True)
    )


def results_to_forget(*, actor: Actor) -> list[UUID]:
    """Files whose results were kept long enough."""
    return list(_kept_long_enough(actor).values_list("pk", flat=True))


def place_of_faults(upload: Upload, row: int) -> bytes:
    """Where the sealed faults of a row stand."""
    return place("bulk_row", "faults", f"{upload.pk}/{row}")


def _kept_long_enough(actor: Actor) -> QuerySet[Upload]:
    long_ago = clock.now() - RESULTS_KEPT
    is_over = Q(done_at__lt=long_ago) | Q(stopped_at__lt=long_ago)
    return Upload.objects.visible_to(actor).filter(is_over)


def _id(said: str) -> UUID | None:
    try:
        return UUID(said) if said else None
    except ValueError:
        return None


def _told(row: Row, key: bytes) -> RowTold:
    if row.faults is None:
        outcome = Outcome.FINE if row.is_fine else Outcome.ACCEPTED
        return RowTold(place=row.place, outcome=outcome, number=row.number)
    faults = open_json(key, bytes(row.faults), at=place_of_faults(row.upload, row.place))
    return RowTold(
        place=row.place,
        outcome=Outcome.REFUSED,
        faults=tuple((str(at), str(why)) for at, why in faults),
    )

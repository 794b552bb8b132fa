"""Rows of the desk's page that tell of the incidents of a split report."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from havre.agencies.models import Officer
from havre.intake.splits.rules import PieceKind, pieces_of
from havre.referrals.pages.tables import SentRow, sent_row
from havre.referrals.sending.actions import OnTheDesk
from havre.referrals.wording import HAPPENINGS
from havre.triage.splitting.reads import IncidentRow, incidents_of
from havre.triage.splitting.wording import PIECES


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentView:
    """An incident of a split report: what it is, how much belongs to it, where it was sent."""

    row: IncidentRow
    happening: Promise
    holds: tuple[tuple[Promise, int], ...]
    passages: tuple[str, ...]
    sent: tuple[SentRow, ...]


def incident_views(
    report: UUID, desk: OnTheDesk, *, language: str, actor: Officer
) -> tuple[IncidentView, ...]:
    """The incidents of a split report by number; none while it is whole."""
    rows = incidents_of(report, language=language, actor=actor)
    if not rows:
        return ()
    files = [str(exhibit.pk) for exhibit in desk.opened.exhibits[1:]]
    known = {one.name: one for one in pieces_of(desk.opened.submission, exhibits=files)}
    views = []
    for row in rows:
        held = [known[name] for name in row.part.pieces if name in known]
        kinds = [one.kind for one in held]
        in_order = sorted(held, key=lambda one: list(known).index(one.name))
        views.append(
            IncidentView(
                row=row,
                happening=HAPPENINGS[row.part.incident.happening],
                holds=tuple(
                    (PIECES[kind], kinds.count(kind)) for kind in PieceKind if kind in kinds
                ),
                passages=tuple(one.said for one in in_order if one.kind is PieceKind.PASSAGE),
                sent=tuple(
                    sent_row(each, language=language)
                    for each in desk.sent
                    if each.referral.incident_id == row.part.incident_id
                ),
            )
        )
    return tuple(views)

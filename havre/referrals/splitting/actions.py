"""Putting what was told later of a split report to its incidents: who has one of them is told."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from havre.agencies.models import Officer
from havre.audit.actions import action, record
from havre.audit.rules import Event
from havre.evidence.custody import key_of
from havre.intake.models import Message, Report
from havre.intake.reads import report_by_reference
from havre.intake.rules.submission import Happening
from havre.intake.sealed import message_text
from havre.intake.splits.models import Part
from havre.intake.splits.reads import standing_parts, words_to_place
from havre.intake.splits.rules import Piece
from havre.referrals.later.giving import rise
from havre.referrals.models import Referral
from havre.referrals.packages.growing import Grown, note_growth
from havre.referrals.rules.guards import check_risk
from havre.referrals.rules.states import OVER
from havre.triage.reads import item_of
from havre.triage.splitting import actions
from havre.triage.splitting.models import IncidentScore
from havre.triage.splitting.placing import pieces_told_later, words_put
from havre.triage.splitting.rules import NothingToPlaceError


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSplit(actions.ToSplit):
    """A report opened to be split, with what was told later and belongs to no incident yet."""

    later: tuple[Piece, ...] = ()
    # The messages whose passages these are.
    messages: tuple[UUID, ...] = ()


@action(Event.SPLIT_READ)
def read_split(reference: str, *, by: Officer) -> ToSplit:
    """Open a report to see what of it belongs, or could belong, to which incident."""
    found = actions.read_split(reference, by=by)
    texts = _texts(found.report, by=by)
    return ToSplit(
        opened=found.opened,
        pieces=found.pieces,
        parts=found.parts,
        later=pieces_told_later(texts),
        messages=tuple(message.pk for message in texts),
    )


@action(Event.WORDS_PLACED)
def place_words(
    reference: str,
    names: Mapping[str, set[int]],
    *,
    messages: Collection[UUID],
    anew: Happening | None = None,
    by: Officer,
) -> list[Referral]:
    """Put what was told later to incidents, by the names of its passages.

    `messages` are those that were read: what came meanwhile waits on. Each agency that has one that
    grew is told that more came, and reads of it what was put there; its referral rises with its
    incident, and another package follows those it took. Says whom. ANEW among the numbers draws up
    another incident, which is `anew`. Raises Report.DoesNotExist, SplitRefusedError,
    NotWaitingError, NothingToPlaceError, RiskNotAssessedError.
    """
    report = report_by_reference(reference, actor=by)
    item_of(report.pk, actor=by, is_held=True)
    standing = _standing(report, by=by)
    standing_parts(report.pk, actor=by, is_held=True)
    waiting = _texts(report, by=by, is_held=True)
    texts = {message: text for message, text in waiting.items() if message.pk in messages}
    if not texts or len(texts) < len(set(messages)):
        raise NothingToPlaceError
    put = words_put(report, texts, names, anew=anew, by=by)
    told = _carrying(standing, put.grown)
    for referral in told:
        _rise_to_grown(referral, put.grown, by=by)
        note_growth(referral, Grown.PIECES, by=by)
    record(
        Event.WORDS_PLACED,
        about_kind="report",
        about=report.pk,
        by=by,
        messages=[str(message.pk) for message in texts],
        incidents=[str(part.number) for part in put.grown],
        reopened=[str(part.number) for part in put.reopened],
        referrals=[referral.reference for referral in told],
    )
    return told


def _rise_to_grown(referral: Referral, grown: Sequence[Part], *, by: Officer) -> None:
    """Let a referral, held by the act, stand by what it carries now, no lower than it did.

    The whole story stands by its own incident or by the most urgent that grew, if that is as urgent
    as what it was sent or raised for.
    """
    whose = {referral.incident_id}
    if referral.whole_because:
        whose |= {part.incident_id for part in grown}
    scores = IncidentScore.objects.visible_to(by).filter(incident__in=whose)
    found = scores.order_by("band", "-risk").first()
    if found and (found.band <= referral.band or not referral.whole_because):
        rise(referral, found.band, found)


def _texts(report: Report, *, by: Officer, is_held: bool = False) -> dict[Message, str]:
    messages = words_to_place(report.pk, actor=by, is_held=is_held)
    key = key_of(report.pk, by=by) if messages else b""
    return {message: message_text(message, key=key) for message in messages}


def _standing(report: Report, *, by: Officer) -> list[Referral]:
    """The referrals of a report that are not over, kept so until the act is done."""
    standing = Referral.objects.visible_to(by).filter(report=report).exclude(state__in=OVER)
    held = standing.select_for_update(of=("self",)).select_related("to_agency")
    return list(held.order_by("pk"))


def _carrying(standing: Sequence[Referral], grown: Sequence[Part]) -> list[Referral]:
    """Those of incidents that grew, and that carry the whole story. Raises RiskNotAssessedError."""
    whose = {part.incident_id for part in grown}
    told = [one for one in standing if whose and (one.incident_id in whose or one.whole_because)]
    for referral in told:
        check_risk(referral.to_agency.code, referral.to_agency.kind)
    return told

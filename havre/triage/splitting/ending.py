"""When a lane that a person set ends, and by which words. Parts of actions, with their line."""

from uuid import UUID

from havre.audit.rules import Actor
from havre.plumbing import clock
from havre.triage.interpreting.sealed import words_not_given
from havre.triage.models import Override
from havre.triage.overrides.rules import still_holds
from havre.triage.rules.words import Band
from havre.triage.splitting.given import assessed_as_given
from havre.triage.splitting.pressing import bears_no_waiting


def stays(override: Override, scored: Band, *, by: Actor) -> bool:
    """Whether a lane that a person set holds beside a new score; it ends where it does not.

    Nor does a lowering hold against words told since that bear no waiting. Of one that words ended
    the others are noted that would have ended it too.
    """
    then, to = override.scored_band, Band(override.to_band)
    set_then = Override.objects.filter(pk=override.pk)
    if override.ended_at:
        set_then.update(ended_by_words=_also_ended_by(override, by=by))
        return False
    holds = still_holds(scored_then=then, scored_now=scored, to=to)
    if holds and not (to > scored and _presses(override, by=by)):
        return True
    words = _ended_by(override, by=by) if to > scored else []
    set_then.update(ended_at=clock.now(), ended_by_words=words)
    return False


def _ended_by(override: Override, *, by: Actor) -> list[UUID]:
    """The words that are not given without which a lowering would hold; none where it would not.

    Those that bear no waiting each by itself, or all of them where only together they do.
    """
    words = [one.pk for one in words_not_given(override.report, by=by)]
    given = assessed_as_given(override.report).band if words else Band.A
    then, to = override.scored_band, Band(override.to_band)
    holds = still_holds(scored_then=then, scored_now=given, to=to)
    if not words or not holds or _presses(override, only=(), by=by):
        return []
    return [one for one in words if _presses(override, only=(one,), by=by)] or words


def _also_ended_by(override: Override, *, by: Actor) -> list[UUID]:
    known = override.ended_by_words
    if _presses(override, only=(), by=by):
        return []
    words = [one.pk for one in words_not_given(override.report, by=by) if one.pk not in known]
    return [*known, *(one for one in words if _presses(override, only=(one,), by=by))]


def _presses(override: Override, *, only: tuple[UUID, ...] | None = None, by: Actor) -> bool:
    since = override.set_at
    return bears_no_waiting(override.report, since=since, read_since=True, only=only, by=by)

"""How urgent a report is by what agencies were given of it. Parts of actions, with their line."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial, reduce
from uuid import UUID

from havre.audit.rules import Actor, Station
from havre.identifiers.reads import Met
from havre.intake.later.reads import days_given
from havre.intake.models import GIVEN, Message, Report
from havre.intake.public.rules.languages import OURS
from havre.intake.rules.submission import Submission
from havre.intake.sealed import told_in
from havre.intake.splits.reads import pieces_put
from havre.intake.splits.rules import is_later, later_put
from havre.plumbing.context import acting_as
from havre.triage.interpreting.models import Translation
from havre.triage.interpreting.rules import (
    language_to_translate,
    more_urgent,
    with_translations,
)
from havre.triage.interpreting.sealed import opened_translations
from havre.triage.learning.ties import links_of
from havre.triage.models import Override, QueueItem
from havre.triage.overrides.rules import still_holds
from havre.triage.policies.reads import policy_in_force
from havre.triage.rules.words import Assessment, Band
from havre.triage.scoring import weighed


def assessed_as_given(report: Report) -> Assessment:
    """How urgent a report is by what whoever has it whole reads: no later word that was not given.

    Nor what was translated of one, nor what ties it to others by one. Asked in Havre's own name.
    """
    by = Station.PIPELINE
    with acting_as(by.context):
        told, policy = told_in(report, by=by), policy_in_force()
        # Of what was told later of a split one, nobody reads what was put to none.
        if (put := pieces_put(report.pk)) is not None:
            told = later_put(told, put)
        links = links_of(report.pk, by, may_tell=_is_given)
        texts = texts_given(report, by=by)
        days = days_given(report)
    assessed = partial(weighed, links=links, policy=policy)
    whole = dict.fromkeys((told, with_translations(told, texts)))
    return reduce(more_urgent, (assessed(said, now=day) for said in whole for day in days))


def texts_given(report: Report, *, until: datetime | None = None, by: Actor) -> list[str]:
    """What was translated of a report and tells of no later word that was not given.

    `until` leaves out what was translated after that.
    """
    rows = Translation.objects.given().filter(report=report)
    given = set((rows.filter(at__lte=until) if until else rows).values_list("pk", flat=True))
    opened = opened_translations(report, also_taken_back=True, by=by)
    return [each.told.text for each in opened if each.translation.pk in given]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignText:
    """What was translated out of a third language, which the rules cannot read.

    `numbers` are the incidents it may be of, where later words alone were translated.
    """

    text: str
    numbers: frozenset[int] | None

    def may_be_of(self, number: int) -> bool:
        """Whether something in it may belong to this incident."""
        return self.numbers is None or number in self.numbers


def foreign_texts(report: Report, told: Submission, *, by: Actor) -> list[ForeignText]:
    """What was translated of a split report that tells this, and of which incidents it may be.

    Of no later word that waits, nor of what was put to no incident by whoever had read it.
    """
    rows = Translation.objects.given_or_since().filter(report=report)
    foreign = set(rows.exclude(from_language__in=OURS).values_list("pk", flat=True))
    if not foreign:
        return []
    parts = dict(Message.objects.filter(GIVEN, report=report).values_list("pk", "parts"))
    is_foreign = bool(language_to_translate(told))

    def numbers(words: Collection[UUID]) -> frozenset[int] | None:
        of_words = frozenset(number for word in words for number in parts[word] or ())
        return None if is_foreign or not words else of_words

    return [
        ForeignText(text=each.told.text, numbers=numbers(each.translation.of_words))
        for each in opened_translations(report, also_taken_back=True, by=by)
        if each.translation.pk in foreign
    ]


def lane_kept(report: Report, *, beside: Band) -> Band:
    """The lane of a report of which the rules ask for one: that, or what a person set beside it.

    It counts where it was in force last, no person ended it, and it holds beside this lane: what
    ended it may have been a word that is not given. A lowering that nobody confirmed never was; one
    that a score ended counts only while none of the words is given that ended it.
    """
    last = _last_in_force(report)
    if last is None or (last.ended_at and last.ended_by_id):
        return beside
    to = Band(last.to_band)
    if last.ended_at and to > beside and not _ended_by_what_waits(last):
        return beside
    holds = still_holds(scored_then=last.scored_band, scored_now=beside, to=to)
    return to if holds else beside


def _ended_by_what_waits(set_then: Override) -> bool:
    words = set_then.ended_by_words
    return bool(words) and not Message.objects.filter(GIVEN, pk__in=words).exists()


def lane_in_force_since(report: Report) -> datetime | None:
    """Since when a lane that a person set was in force, the last one; None where none ever was."""
    last = _last_in_force(report)
    return (last.confirmed_at or last.set_at) if last else None


def _last_in_force(report: Report) -> Override | None:
    in_force = Override.objects.filter(report=report).exclude(needs_second=True, confirmed_at=None)
    return in_force.order_by("-id").first()


def place_as_given(item: QueueItem) -> QueueItem:
    """The lane, rule and title of a report that waits, as whoever is sent it may know them.

    A lane that a person set stays, also where a word that is not given made the rules ask for as
    much, so that nobody keeps it any more.
    """
    if not Message.objects.filter(~GIVEN, report=item.report, from_reporter=True).exists():
        return item
    given = stands_as_given(item.report)
    if item.band != item.rule_band:
        given.band = item.band
    return given


def stands_as_given(report: Report) -> QueueItem:
    """The lane, rule and title of a report by what whoever has it whole reads, in no queue."""
    now = assessed_as_given(report)
    band = lane_kept(report, beside=now.band)
    return QueueItem(report=report, band=band, rule=now.rule, title=list(now.title))


def _is_given(met: Met) -> bool:
    return not is_later(met.field)

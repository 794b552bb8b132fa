"""Whether what was told later bears no waiting. A part of actions, which write the line."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from havre.audit.rules import Actor
from havre.identifiers.reads import Met
from havre.intake.later.reads import days_given
from havre.intake.models import Message, Report
from havre.intake.public.rules.languages import OURS
from havre.intake.rules.submission import Person, Submission
from havre.intake.sealed import told_in
from havre.intake.splits.rules import in_place, later_field
from havre.triage.interpreting.rules import with_translations
from havre.triage.interpreting.sealed import (
    OpenedTranslation,
    opened_translations,
    words_not_given,
)
from havre.triage.learning.ties import links_of
from havre.triage.policies.reads import policy_in_force
from havre.triage.rules.words import Assessment, Band, LinkFacts, Score
from havre.triage.scoring import weighed
from havre.triage.splitting.given import texts_given


@dataclass(frozen=True, slots=True, kw_only=True)
class _News:
    """Of the later words those that are weighed, with what was translated of them or since.

    `kept` are those that were kept back; `known` wait again, and were read before they were.
    """

    kept: list[Message]
    known: dict[Message, str]
    unread: dict[Message, str]
    opened: tuple[OpenedTranslation, ...]
    fresh: list[OpenedTranslation]
    of_unread: list[OpenedTranslation]


def bears_no_waiting(
    report: Report,
    *,
    since: datetime | None = None,
    read_since: bool = False,
    only: Collection[UUID] | None = None,
    by: Actor,
) -> bool:
    """Whether later words of a reporter, on which nobody decided, tell of an immediate danger.

    They do where they alone, or what a person translated of them, would make a report immediate, by
    whoever is in it; and where the report is immediate with them and they bring a sign of danger
    that what is given of it has not. `since` is the last of the words of which somebody was told
    before: only those after it are weighed; with `read_since` also whatever was translated after
    it out of a third language, of the report too. Of what waits again after it was kept back only
    what was translated since is news. `only` leaves out what other words tell that are not given,
    and what was translated of them.
    """
    after = since if read_since else None
    news = _news(report, since, after, only, by)
    if not news.fresh and not news.unread:
        return False
    told = told_in(report, by=by)
    texts = texts_given(report, until=after, by=by)
    given = with_translations(told, [*texts, *news.known.values()])
    further = with_translations(given, [*news.unread.values(), *_texts(news.fresh)])
    came, *since_then = days_given(report)
    told_at = sorted(one.at for one in (*news.known, *news.unread))
    days = [came, *since_then[-1:], *told_at[-1:]]
    links = links_of(report.pk, by, may_tell=_but_for(report, news))
    if any(_adds_danger(given, further, day, links) for day in days):
        return True
    alone = partial(_is_immediate, _bare(told), days[-1])
    if alone([*news.unread.values(), *_texts(news.of_unread)]):
        return True
    return alone(_texts(news.fresh)) and not alone([*news.known.values()])


def is_read_to_press(report: Report, *, since: datetime, by: Actor) -> bool:
    """Whether what was put out of a third language since then tells of an immediate danger.

    One that nothing showed before: neither the report and the later words as they were told, nor
    what was translated by then.
    """
    opened = opened_translations(report, by=by)
    fresh = [one for one in opened if _is_read_since(one, since)]
    if not fresh:
        return False
    told, words = told_in(report, by=by), words_not_given(report, by=by)
    earlier = [*words.values(), *_texts(one for one in opened if one not in fresh)]
    known = with_translations(told, [*texts_given(report, until=since, by=by), *earlier])
    further = with_translations(known, _texts(fresh))
    days = [*days_given(report), *sorted(one.at for one in words)[-1:]]
    links = links_of(report.pk, by)
    if any(_adds_danger(known, further, day, links) for day in (days[0], days[-1])):
        return True
    alone = partial(_is_immediate, _bare(told), days[-1])
    return alone(_texts(fresh)) and not alone(earlier)


def _news(
    report: Report,
    since: datetime | None,
    read_since: datetime | None,
    only: Collection[UUID] | None,
    by: Actor,
) -> _News:
    not_given, opened = words_not_given(report, by=by), opened_translations(report, by=by)
    if only is not None:
        others = [one for one in not_given if one.pk not in only]
        not_given = {one: text for one, text in not_given.items() if one.pk in only}
        opened = tuple(one for one in opened if not _tells_of(one, others))
    newly = [one for one in opened if read_since and _is_read_since(one, read_since)]
    words = {
        one: text
        for one, text in not_given.items()
        if one.parts is None
        and (since is None or one.at > since or any(_tells_of(new, {one}) for new in newly))
    }
    unread = {one: text for one, text in words.items() if not _kept_at(one)}
    fresh = [one for one in opened if one in newly or any(_is_news(one, word) for word in words)]
    return _News(
        kept=[one for one in not_given if one.parts is not None],
        known={one: text for one, text in words.items() if one not in unread},
        unread=unread,
        opened=opened,
        fresh=fresh,
        of_unread=[one for one in fresh if one in newly or _tells_of(one, unread)],
    )


def _is_read_since(translated: OpenedTranslation, then: datetime) -> bool:
    """Whether something can be read since then only: the rules read our own languages as told."""
    row = translated.translation
    return row.at > then and row.from_language not in OURS


def _texts(translated: Iterable[OpenedTranslation]) -> list[str]:
    return [one.told.text for one in translated]


def _tells_of(translated: OpenedTranslation, words: Iterable[Message]) -> bool:
    return any(word.pk in translated.translation.of_words for word in words)


def _is_news(translated: OpenedTranslation, word: Message) -> bool:
    """Whether something was translated of a word since it was last kept back, if it was."""
    kept_at = _kept_at(word)
    is_since = kept_at is None or translated.translation.at > kept_at
    return is_since and _tells_of(translated, {word})


def _kept_at(word: Message) -> datetime | None:
    return word.decided_at if word.kept_because else None


def _but_for(report: Report, news: _News) -> Callable[[Met], bool]:
    """What ties a report to others, but for what stands in words that were kept back."""
    told = {later_field(one.pk) for one in news.kept}
    told |= {later_field(one.translation.pk) for one in news.opened if _tells_of(one, news.kept)}
    return lambda met: met.record != report.pk.bytes or met.field not in told


def _adds_danger(given: Submission, further: Submission, day: datetime, links: LinkFacts) -> bool:
    """Both are read as of the same day: what has come near since is no news that a word brings."""
    after = _weighed(further, day, links)
    return after.band is Band.A and bool(_dangers(after) - _dangers(_weighed(given, day, links)))


def _is_immediate(bare: Submission, day: datetime, texts: Collection[str]) -> bool:
    alone = with_translations(bare, texts)
    return bool(texts) and _weighed(alone, day, LinkFacts()).band is Band.A


def _weighed(told: Submission, now: datetime, links: LinkFacts) -> Assessment:
    return weighed(told, links=links, now=now, policy=policy_in_force())


def _dangers(found: Assessment) -> set[str]:
    return {reason.factor for reason in found.reasons_of(Score.RISK)} - {*found.gaps}


def _bare(told: Submission) -> Submission:
    """Who is in a report, and how old they are; nothing of what it tells."""
    return replace(in_place(told, ()), people=tuple(_nameless(told.people)))


def _nameless(people: Iterable[Person]) -> Iterable[Person]:
    return (Person(role=one.role, age=one.age, age_class=one.age_class) for one in people)

"""Whether what was told later bears no waiting. A part of actions, which write the line."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from havre.audit.rules import Actor
from havre.intake.models import Message, Report
from havre.intake.rules.submission import Person, Submission
from havre.intake.sealed import told_in
from havre.intake.splits.rules import in_place
from havre.triage.interpreting.rules import with_translations
from havre.triage.interpreting.sealed import (
    OpenedTranslation,
    opened_translations,
    words_not_given,
)
from havre.triage.policies.reads import policy_in_force
from havre.triage.rules.words import Assessment, Band, LinkFacts, Score
from havre.triage.scoring import weighed
from havre.triage.splitting.given import texts_given


def bears_no_waiting(
    report: Report, *, since: datetime | None = None, read_since: bool = False, by: Actor
) -> bool:
    """Whether later words of a reporter, on which nobody decided, tell of an immediate danger.

    They do where they alone would make a report immediate, by whoever is in it; and where the
    report is immediate with them and they, or what a person translated of them, bring a sign of
    danger that what is given of it has not. `since` is the last of the words of which somebody was
    told before: only those after it are weighed; with `read_since` also those that were translated
    after it. Of what waits again after it was kept back only what was translated since is news.
    """
    told_since = words_not_given(report, by=by).items()
    undecided = {one: text for one, text in told_since if one.parts is None}
    opened = opened_translations(report, by=by)
    newly = {
        word
        for one in opened
        if read_since and since and one.translation.at > since
        for word in one.translation.of_words
    }
    words = {
        one: text
        for one, text in undecided.items()
        if since is None or one.at > since or one.pk in newly
    }
    if not words:
        return False
    told, at = told_in(report, by=by), max(one.at for one in words)
    known = [text for one, text in words.items() if _kept_at(one)]
    given = with_translations(told, [*texts_given(report, by=by), *known])
    fresh = [one.told.text for one in opened if any(_is_news(one, word) for word in words)]
    further = with_translations(given, [*words.values(), *fresh])
    if any(_adds_danger(given, further, day) for day in (report.received_at, at)):
        return True
    unread = [text for one, text in words.items() if not _kept_at(one)]
    return _weighed(with_translations(_bare(told), unread), at).band is Band.A


def _is_news(translated: OpenedTranslation, word: Message) -> bool:
    """Whether something was translated of a word since it was last kept back, if it was."""
    row, kept_at = translated.translation, _kept_at(word)
    return word.pk in row.of_words and (kept_at is None or row.at > kept_at)


def _kept_at(word: Message) -> datetime | None:
    return word.decided_at if word.kept_because else None


def _adds_danger(given: Submission, further: Submission, day: datetime) -> bool:
    """Both are read as of the same day: what has come near since is no news that a word brings."""
    after = _weighed(further, day)
    return after.band is Band.A and bool(_dangers(after) - _dangers(_weighed(given, day)))


def _weighed(told: Submission, now: datetime) -> Assessment:
    return weighed(told, links=LinkFacts(), now=now, policy=policy_in_force())


def _dangers(found: Assessment) -> set[str]:
    return {reason.factor for reason in found.reasons_of(Score.RISK)} - {*found.gaps}


def _bare(told: Submission) -> Submission:
    """Who is in a report, and how old they are; nothing of what it tells."""
    return replace(in_place(told, ()), people=tuple(_nameless(told.people)))


def _nameless(people: Iterable[Person]) -> Iterable[Person]:
    return (Person(role=one.role, age=one.age, age_class=one.age_class) for one in people)

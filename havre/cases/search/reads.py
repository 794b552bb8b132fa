"""Who and what is found by a name, an identifier or words, among all that the actor may see."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Case as DbCase
from django.db.models import Sum, When

from havre.agencies.models import Officer
from havre.audit.rules import Actor
from havre.cases.models import Case, Grant, NameKey, Note, NoteWord, Person, PersonIdentifier
from havre.cases.rules.access import Part
from havre.cases.search.digests import digests_of, word_digests
from havre.cases.search.rules.names import WEIGHTS, likeness
from havre.cases.search.rules.words import asked_for
from havre.plumbing import clock
from havre.plumbing.values.lists import one_of
from havre.referrals.finding.reads import MOST_FOUND, referrals_telling_of, tokens_in
from havre.referrals.models import Referral

# So many people are weighed for one name.
MOST_WEIGHED = 100
MOST_WORDS = 8
# So many notes are opened for one search, and no more.
MOST_READ = 50
# Less alike than this is chance: one part of a name of two, by its sound alone.
LEAST_LIKENESS = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundNote:
    """A note that holds the words, and the part of it around them."""

    note: Note
    case: Case
    part: str


class More(StrEnum):
    """Of what a search found more than it shows."""

    NOTES = "notes"
    # Notes that may hold the words, and that nobody opened.
    NOTES_UNREAD = "notes_unread"
    PEOPLE = "people"
    REFERRALS = "referrals"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found: people by name or identifier, referred reports, notes by words, cases.

    The first of each; `more` says of which there are others beside.
    """

    called: tuple[Person, ...]
    known_by: tuple[Person, ...]
    referrals: tuple[Referral, ...]
    # Reports of these referrals that other rules than the present ones noted.
    waiting: frozenset[UUID] = frozenset()
    notes: tuple[FoundNote, ...] = ()
    more: frozenset[More] = frozenset()
    # What bears the number that was typed.
    cases: tuple[Case, ...] = ()
    numbered: tuple[Referral, ...] = ()


def found_by(text: str, *, actor: Officer) -> Found:
    """What is found by a few words: a name, or an identifier in whatever form."""
    tokens = tokens_in(text)
    referrals, waiting = referrals_telling_of(tokens, actor=actor)
    called = people_called(text, actor=actor) if not tokens else ()
    known_by = people_known_by(tokens, actor=actor)
    beside = {
        More.PEOPLE: max(len(called), len(known_by)) > MOST_FOUND,
        More.REFERRALS: len(referrals) > MOST_FOUND,
    }
    return Found(
        called=called[:MOST_FOUND],
        known_by=known_by[:MOST_FOUND],
        referrals=referrals[:MOST_FOUND],
        waiting=waiting,
        more=frozenset(one for one, is_so in beside.items() if is_so),
    )


def people_called(name: str, *, actor: Actor) -> tuple[Person, ...]:
    """People of cases whose name is alike, the likest first; found by digests, sealed or not.

    The database finds those who share most of what tells, the rule ranks them by their keys; only
    those who are shown, and one besides, are fetched.
    """
    asked = digests_of(name)
    telling = {key: worth for key, worth in asked.items() if worth > WEIGHTS["begins"]}
    if not telling:
        return ()
    likest = (
        NameKey.objects.visible_to(actor, Part.PEOPLE)
        .filter(digest__in=list(telling))
        .order_by()
        .values("person")
        .annotate(worth=Sum(DbCase(*(When(digest=key, then=telling[key]) for key in telling))))
        .order_by("-worth", "person")[:MOST_WEIGHED]
    )
    seen = Person.objects.visible_to(actor, Part.PEOPLE)
    keys = seen.filter(pk__in=likest.values("person")).order_by().values_list("pk", "name_keys")
    weighed = ((likeness(asked, held), pk) for pk, held in keys)
    alike = [(score, pk) for score, pk in weighed if score >= LEAST_LIKENESS]
    first = sorted(alike, key=lambda pair: (-pair[0], str(pair[1])))[: MOST_FOUND + 1]
    place = {pk: number for number, (_score, pk) in enumerate(first)}
    people = seen.filter(one_of("pk", [*place])) if place else seen.none()
    shown = people.select_related("case__agency").order_by()
    return tuple(sorted(shown, key=lambda person: place[person.pk]))


def people_known_by(tokens: Collection[bytes], *, actor: Actor) -> tuple[Person, ...]:
    """People of cases who have one of these identifiers, newest case first."""
    held = PersonIdentifier.objects.visible_to(actor, Part.PEOPLE).filter(token__in=list(tokens))
    people = Person.objects.filter(pk__in=held.values("person")).order_by("-case", "pk")
    return tuple(people.select_related("case__agency")[: MOST_FOUND + 1])


def notes_telling(text: str, *, actor: Actor) -> tuple[Note, ...]:
    """Notes that seem to hold all the words of a text, newest first: sealed, and to be checked.

    One more than are read, if there are so many. A case's words stand under the key of the agency
    that holds it, so each of these keys is tried.
    """
    asked = asked_for(text)[:MOST_WORDS]
    if not asked:
        return ()
    agencies = _agencies_with_cases_for(actor)
    seen = Note.objects.visible_to(actor, Part.NOTES)
    for stems in asked:
        digests = [one for agency in agencies for one in word_digests(stems, agency=agency)]
        telling = NoteWord.objects.filter(digest__in=digests)
        seen = seen.filter(pk__in=telling.values("note"))
    # Found first, and only then put together with whose they are.
    newest = seen.order_by("-id").values("pk")[: MOST_READ + 1]
    told = Note.objects.visible_to(actor, Part.NOTES).filter(pk__in=newest).order_by("-id")
    return tuple(told.select_related("case__agency", "by"))


def _agencies_with_cases_for(actor: Actor) -> list[UUID]:
    own = UUID(actor.context.agency)
    shared = Grant.objects.filter(to_agency=own, withdrawn_at=None, until__gt=clock.now())
    return [own, *shared.order_by().values_list("from_agency", flat=True).distinct()]

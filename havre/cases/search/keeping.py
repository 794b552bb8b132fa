"""Keeping words of notes and names of people as digests, by which they are found."""

from havre.cases.models import Case, NameKey, Note, NoteWord, Person
from havre.cases.sealed import open_words
from havre.cases.search.digests import word_digests
from havre.cases.search.rules.words import stems_in
from havre.plumbing import ids


def keep_words(note: Note, text: str, *, case: Case) -> None:
    """Let a note be found by its words. Only an action may call it."""
    digests = word_digests(stems_in(text), agency=case.agency_id)
    NoteWord.objects.bulk_create(
        NoteWord(id=ids.uuid7(), case=case, note=note, digest=digest) for digest in digests
    )


def keep_name(person: Person) -> None:
    """Let a person be found by the keys of their name. Only an action may call it."""
    NameKey.objects.bulk_create(
        NameKey(id=ids.uuid7(), case_id=person.case_id, person=person, digest=digest)
        for digest in person.name_keys
    )


def keep_words_anew(case: Case, *, key: bytes) -> None:
    """Put the words of a case under its new agency's key: what the old one kept finds nothing.

    Only in Havre's own name, inside the action that hands the case over.
    """
    NoteWord.objects.filter(case=case).delete()
    for note in Note.objects.filter(case=case):
        text = open_words(case, note.body, key=key, column="note", row=note.pk)
        keep_words(note, text, case=case)

"""Addresses in two languages: one place that says what a page is called in each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, include, path
from django.utils.functional import lazy
from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Page:
    """A human page: its address in English, in French, its view and its one name."""

    english: str
    french: str
    view: Callable[..., HttpResponse]
    name: str

    @property
    def first_words(self) -> tuple[str, str]:
        """What its addresses begin with."""
        return self.english.partition("/")[0], self.french.partition("/")[0]


def _word(english: str, french: str) -> str:
    return french if get_language() == "fr" else english


_lazy_word = lazy(_word, str)


def page(english: str, french: str, view: Callable[..., HttpResponse], name: str) -> Page:
    """A human page: its address in English, in French, its view and its one name."""
    return Page(english, french, view, name)


def by_first_words(pages: Iterable[Page]) -> list[URLResolver]:
    """The pages, those that begin with one word together.

    Whoever comes is held against a word for each place, not against every address of the house. No
    address may begin with a part that varies, as one might then stand before another.
    """
    places: dict[tuple[str, str], list[Page]] = {}
    for one in pages:
        if any(word.startswith("<") for word in one.first_words):
            msg = f"{one.name} begins with a part that varies"
            raise ValueError(msg)
        places.setdefault(one.first_words, []).append(one)
    return [
        path(_lazy_word(*words), include([_beneath(one) for one in here]))
        for words, here in places.items()
    ]


def _beneath(one: Page) -> URLPattern:
    english, french = one.first_words
    rest = one.english.removeprefix(english), one.french.removeprefix(french)
    return path(_lazy_word(*rest), one.view, name=one.name)

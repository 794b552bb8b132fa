"""Addresses in two languages: one place that says what a page is called in each."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils.functional import lazy
from django.utils.translation import get_language


def _word(english: str, french: str) -> str:
    return french if get_language() == "fr" else english


_lazy_word = lazy(_word, str)


def page(english: str, french: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    """A human page: its address in English, in French, its view and its one name."""
    return path(_lazy_word(english, french), view, name=name)

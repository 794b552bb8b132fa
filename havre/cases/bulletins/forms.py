"""What is typed for the board."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from havre.agencies.rules.permits import Compartment
from havre.cases.bulletins.rules import NoticeWords
from havre.cases.bulletins.wording import BOARDS
from havre.cases.forms import INPUT, LONGEST_NOTE, LONGEST_TITLE, CaseForm

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

WRONG_DAY = _("Write the day as 2026-11-28.")


def _line(label: "_StrPromise", lang: str) -> forms.CharField:
    widget = forms.TextInput(INPUT | {"lang": lang})
    return forms.CharField(label=label, required=False, max_length=LONGEST_TITLE, widget=widget)


def _text(label: "_StrPromise", lang: str) -> forms.CharField:
    widget = forms.Textarea(INPUT | {"rows": 6, "lang": lang})
    return forms.CharField(label=label, required=False, max_length=LONGEST_NOTE, widget=widget)


class PostForm(CaseForm):
    """A notice, in the two languages as far as its writer has them."""

    board = forms.TypedChoiceField(
        label=_("Who reads it"),
        coerce=Compartment,
        widget=forms.Select(INPUT),
        error_messages={
            "required": _("Choose who reads it."),
            "invalid_choice": _("Choose who reads it."),
        },
    )
    title_en = _line(_("Title in English"), "en-CA")
    body_en = _text(_("Notice in English"), "en-CA")
    title_fr = _line(_("Title in French"), "fr-CA")
    body_fr = _text(_("Notice in French"), "fr-CA")
    until = forms.DateField(
        label=_("It hangs until the end of"),
        help_text=_("A year at most. Then it comes down by itself."),
        widget=forms.DateInput(INPUT | {"type": "date"}),
        error_messages={"required": WRONG_DAY, "invalid": WRONG_DAY},
    )

    def __init__(self, data: Any = None, *, held: Iterable[str] = ()) -> None:  # noqa: ANN401
        super().__init__(data)
        mine = [(name, word) for name, word in BOARDS.items() if name in set(held)]
        self.fields["board"].choices = mine  # type: ignore[attr-defined]

    def clean_until(self) -> datetime:
        """The last moment of a day, in the reader's zone."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["until"], time.max))

    def clean(self) -> dict[str, Any]:
        """What has a title has a text, and the other way round."""
        given = super().clean() or {}
        for language in ("en", "fr"):
            title, body = f"title_{language}", f"body_{language}"
            if bool(given.get(title)) is not bool(given.get(body)):
                missing = body if given.get(title) else title
                self.add_error(missing, _("In this language the title or the text is missing."))
        return given

    def given(self) -> dict[str, Any]:
        """As the action takes it."""
        told = self.cleaned_data
        names = ("title_en", "body_en", "title_fr", "body_fr")
        return {
            "words": NoticeWords(**{name: told[name] for name in names}),
            "compartment": told["board"],
            "expires_at": told["until"],
        }


class WithdrawForm(CaseForm):
    """Whether it comes down, or hangs again."""

    is_back = forms.BooleanField(required=False)

"""What is typed about words in a third language."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.triage.interpreting.rules import Translated
from havre.triage.interpreting.wording import OURS, third_languages

LONGEST_TEXT, LONGEST_WHO = 60_000, 200
INPUT = {"class": "input"}
NO_SUCH = _("Choose a language from the list.")


class AskForm(forms.Form):
    """Which interpreter is asked for."""

    language = forms.ChoiceField(
        label=_("Language of the words"),
        choices=third_languages,
        widget=forms.Select(INPUT),
        error_messages={"required": _("Choose the language."), "invalid_choice": NO_SUCH},
    )

    def __init__(self, data: Any = None, *, language: str = "") -> None:  # noqa: ANN401 - Django's own
        super().__init__(data, auto_id="ask_%s", initial={"language": language})


class TranslationForm(forms.Form):
    """What the words say, and who put them into another language."""

    from_language = forms.ChoiceField(
        label=_("Translated from"),
        choices=third_languages,
        widget=forms.Select(INPUT),
        error_messages={"required": _("Choose the language."), "invalid_choice": NO_SUCH},
    )
    to_language = forms.ChoiceField(
        label=_("Translated into"),
        choices=list(OURS.items()),
        widget=forms.Select(INPUT),
        error_messages={"required": _("Choose the language."), "invalid_choice": NO_SUCH},
    )
    text = forms.CharField(
        label=_("What it says"),
        help_text=_("Everything, as near to the words as can be. Leave nothing out as harmless."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({**INPUT, "rows": 10}),
        error_messages={"required": _("Write what the words say.")},
    )
    who = forms.CharField(
        label=_("Who translated"),
        help_text=_("An interpreter’s name, or their number at a service."),  # noqa: RUF001
        max_length=LONGEST_WHO,
        widget=forms.TextInput(INPUT),
        error_messages={"required": _("Say who translated.")},
    )

    def __init__(self, data: Any = None, *, language: str = "", to: str = "en") -> None:  # noqa: ANN401 - Django's own
        started = {"from_language": language, "to_language": to}
        super().__init__(data, auto_id="translation_%s", initial=started)

    def told(self) -> dict[str, Any]:
        """As `write_translation` takes it."""
        given = self.cleaned_data
        words = Translated(text=given["text"], who=given["who"])
        return {"told": words, **{one: given[one] for one in ("from_language", "to_language")}}

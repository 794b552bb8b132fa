"""Languages by name, in the reader's own."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# By the two letters of ISO 639-1; what is not here is shown by its letters.
THIRD_LANGUAGES: dict[str, Promise] = {
    "am": _("Amharic"),
    "ar": _("Arabic"),
    "hy": _("Armenian"),
    "bn": _("Bengali"),
    "zh": _("Chinese"),
    "ka": _("Georgian"),
    "de": _("German"),
    "el": _("Greek"),
    "gu": _("Gujarati"),
    "he": _("Hebrew"),
    "hi": _("Hindi"),
    "iu": _("Inuktitut"),
    "it": _("Italian"),
    "ja": _("Japanese"),
    "ko": _("Korean"),
    "fa": _("Persian"),
    "pl": _("Polish"),
    "pt": _("Portuguese"),
    "pa": _("Punjabi"),
    "ru": _("Russian"),
    "es": _("Spanish"),
    "tl": _("Tagalog"),
    "ta": _("Tamil"),
    "th": _("Thai"),
    "uk": _("Ukrainian"),
    "ur": _("Urdu"),
    "vi": _("Vietnamese"),
}
OURS: dict[str, Promise] = {"en": _("English"), "fr": _("French")}


def language_name(code: str) -> Promise | str:
    """A language by its name, or by its letters where none is known."""
    return THIRD_LANGUAGES.get(code) or OURS.get(code) or code

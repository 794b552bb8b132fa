"""What every page is given."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

OTHER = {"en": "fr", "fr": "en"}


def every_page(request: HttpRequest) -> dict[str, object]:
    """Context of every template: its language, the same page in the other, the officer if any."""
    language = get_language() or "en"
    other = OTHER.get(language, "en")
    here = request.path if request.resolver_match else f"/{language}/"
    return {
        "language": language,
        "other_language": other,
        "other_language_url": translate_url(here, other),
        "is_demo": settings.DEMO,
    }

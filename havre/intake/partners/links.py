"""The links by which others lead people here, and the plain HTML to put on their pages."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from havre.intake.public.forms import HAPPENINGS
from havre.intake.public.rules.journey import FIRST


@dataclass(frozen=True, slots=True)
class Links:
    """Where a partner's links lead in one language, and the blocks to be copied."""

    language: str
    start: str
    doors: tuple[tuple[str, str], ...]
    block: str
    badge: str


def links_of(request: HttpRequest, *, via: str, language: str) -> Links:
    """The links in a language, marked with a partner's word if there is one."""
    mark = f"via={via}" if via else ""
    with override(language):
        start = _address(request, "start", mark)
        first = reverse("tell", args=[FIRST])
        doors = tuple(
            (str(words), request.build_absolute_uri(f"{first}?{_query(f'what={code}', mark)}"))
            for code, words in HAPPENINGS
        )
        young, parents = (_address(request, door, mark) for door in ("young", "parents"))
        page = {
            "start": start,
            "young": young,
            "parents": parents,
            "badge": request.build_absolute_uri(reverse("badge")),
        }
        block = render_to_string("intake/partners/block.html", page).strip()
        badge = render_to_string("intake/partners/badge.html", page).strip()
    return Links(language, start, doors, block, badge)


def _address(request: HttpRequest, door: str, mark: str) -> str:
    address = reverse(door)
    return request.build_absolute_uri(f"{address}?{mark}" if mark else address)


def _query(*parts: str) -> str:
    return "&".join(part for part in parts if part)

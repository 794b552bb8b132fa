"""What public pages need: promises, numbers to call, and dates as the public reads them."""

from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from havre.wiring.pages import same_page_in
from havre.wiring.promises import EmergencyNumber, Promise, emergency_in, promises_in

register = template.Library()

NOON = 12
FRENCH_ZONES = {"EDT": "HAE", "EST": "HNE"}
KEEP = "\N{NO-BREAK SPACE}"


@register.simple_tag
def promise(key: str) -> Promise:
    """One promise in the reader's language. Raises KeyError."""
    return promises_in(_language())[key]


@register.simple_tag
def promises() -> list[Promise]:
    """Every promise in the reader's language, but for those said to young people alone."""
    return [one for one in promises_in(_language()).values() if not one.is_for_young]


@register.simple_tag
def emergency_numbers(region: str = "", town: str = "") -> tuple[EmergencyNumber, ...]:
    """The numbers to call in a region and the whole country; of every region without one.

    `town` is a community's name as it stands in the data: its own number comes first.
    """
    return emergency_in(_language(), region, town)


@register.simple_tag
def public_date(moment: datetime, days: int = 0) -> str:
    """A day as the public reads it: "Saturday, 2026-11-28", "samedi 28 novembre 2026"."""
    day = timezone.localtime(moment) + timedelta(days=days)
    if _language() != "fr":
        return f"{date_format(day, 'l')}, {day:%Y-%m-%d}"
    number = "1er" if day.day == 1 else str(day.day)
    return KEEP.join((f"{date_format(day, 'l')} {number}", date_format(day, "F Y")))


@register.simple_tag
def public_moment(moment: datetime) -> str:
    """A day and an hour as the public reads them: "… at 2:31 p.m. (EST)", "… à 14 h 31 (HNE)"."""
    local, day = timezone.localtime(moment), public_date(moment)
    zone = f"{local:%Z}"
    if _language() == "fr":
        hour = f"{local.hour}{KEEP}h{KEEP}{local.minute:02}"
        return f"{day} à {hour} ({FRENCH_ZONES.get(zone, zone)})"
    half = "a.m." if local.hour < NOON else "p.m."
    return f"{day} at {local.hour % NOON or NOON}:{local.minute:02}{KEEP}{half} ({zone})"


@register.simple_tag
def same_page(path: str, language: str) -> str:
    """The address of a page in another language."""
    return same_page_in(path, language)


def _language() -> str:
    return "fr" if get_language() == "fr" else "en"

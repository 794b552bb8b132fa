"""What templates need on every page: the mark, the icons, the helpline, where a fault is mended.

Moments, durations and sizes are written here too, as the two languages of the house write them.
"""

from datetime import date, datetime
from functools import cache

from django import template
from django.forms import BoundField
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from havre.plumbing import clock
from havre.plumbing.values.counts import HowMany, MoreThan
from havre.wiring.promises import EmergencyNumber, helpline_in

register = template.Library()

# Strokes in a box of 16 units (design rule: 2 units wide, round, never without words beside them).
ICONS = {
    "back": "M13 8H3M7 4 3 8l4 4",
    "clock": "M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13M8 4.5V8l2.5 1.5",
    "cross": "M3 3l10 10M13 3 3 13",
    "look": "M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13M8 4.5V8.5M8 11.2v.1",
    "next": "M3 8h10M9 4l4 4-4 4",
    "tick": "M2.5 8.5 6 12l7.5-8",
}
MARK = (
    '<svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">'
    '<path d="M7 4v24M7 19a9 9 0 0 1 18 0v9" fill="none" stroke="currentColor"'
    ' stroke-width="4.5" stroke-linecap="round"/>'
    '<circle class="lamp" cx="16" cy="25.5" r="3.25"/></svg>'
)


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """One of the small pictures, hidden from screen readers. Raises KeyError."""
    return format_html(
        '<svg viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d="{}" fill="none"'
        ' stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>'
        "</svg>",
        ICONS[name],
    )


@register.simple_tag
def mark() -> SafeString:
    """The mark: an arch with a lamp in the doorway."""
    return mark_safe(MARK)  # noqa: S308 - our own constant


@register.simple_tag
def helpline() -> EmergencyNumber:
    """Whom to call to talk to someone, in the reader's language."""
    return helpline_in(get_language() or "en")


@register.simple_tag
def first_id(field: BoundField) -> str:
    """The id of the control where a fault is mended: the first choice of a group."""
    return f"{field.auto_id}_0" if field.field.widget.use_fieldset else field.auto_id


@register.simple_tag
def in_summary(field: BoundField) -> str:
    """What is wrong with a field, as the summary says it: with its name where others say the same.

    Somebody who goes from link to link hears nothing else.
    """
    fault = str(field.errors[0])
    twins = [one for one in field.form if one.errors and str(one.errors[0]) == fault]
    if len(twins) == 1:
        return fault
    return gettext("%(label)s: %(fault)s") % {"label": field.label, "fault": fault}


MONTHS = {
    "en": "Jan Feb Mar Apr May June July Aug Sept Oct Nov Dec",
    "fr": "janv. févr. mars avr. mai juin juill. août sept. oct. nov. déc.",
}
# A time in French keeps its "h" and a number its unit on one line.
KEEP = "\N{NO-BREAK SPACE}"


@register.filter(expects_localtime=True)
def moment(at: date | None) -> str:
    """A moment or a day for machines, as Django's `date:"c"` writes it; nothing for none."""
    return at.isoformat() if at else ""


@register.filter
def desk_time(moment: datetime) -> str:
    """A moment on the desk: "28 Nov, 14:31", in the reader's zone; another year is named."""
    local, language = timezone.localtime(moment), _language()
    day = f"{local.day}{KEEP}{MONTHS[language].split()[local.month - 1]}"
    if local.year != timezone.localtime(clock.now()).year:
        day = f"{day}{KEEP}{local.year}"
    return f"{day}, {_hour(local, language)}"


@register.filter
def desk_clock(moment: datetime) -> str:
    """A moment on the desk: the hour alone on the same day, else the day with it."""
    local = timezone.localtime(moment)
    if local.date() == timezone.localtime(clock.now()).date():
        return _hour(local, _language())
    return desk_time(moment)


@register.filter
def minutes_long(minutes: int) -> str:
    """A duration: "42 min", "1 h 05", "3 d 2 h"; days are "j" in French."""
    hours, rest = divmod(minutes, 60)
    days, hours_left = divmod(hours, 24)
    if days:
        day = "j" if _language() == "fr" else "d"
        return f"{days}{KEEP}{day}{KEEP}{hours_left}{KEEP}h"
    return f"{hours}{KEEP}h{KEEP}{rest:02}" if hours else f"{rest}{KEEP}min"


@register.filter
def how_many(count: HowMany) -> str:
    """How many there are: the number, or "more than 1,000", which nobody counted further."""
    if not isinstance(count, MoreThan):
        return number_format(count)
    return gettext("more than %(number)s") % {
        "number": number_format(count.number, force_grouping=True)
    }


@register.filter
def byte_size(size: int) -> str:
    """The size of a file in thousands of bytes: "214 kB", "214 ko"."""
    letter = "o" if _language() == "fr" else "B"
    for unit, bytes_each in (("G", 10**9), ("M", 10**6), ("k", 10**3)):
        if size >= bytes_each:
            return f"{round(size / bytes_each)}{KEEP}{unit}{letter}"
    return f"{size}{KEEP}{letter}"


def _hour(local: datetime, language: str) -> str:
    if language == "fr":
        return f"{local.hour}{KEEP}h{KEEP}{local.minute:02}"
    return f"{local:%H:%M}"


def _language() -> str:
    return "fr" if get_language() == "fr" else "en"

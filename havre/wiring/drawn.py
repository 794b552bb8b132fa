"""The controls of forms, as Django's templates write them, to the letter; but without a template.

Django fills a template for each control, for each of its choices, and for the attributes of each.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

Control = Mapping[str, Any]
INPUTS = ("checkbox", "date", "email", "hidden", "number", "password", "text")
OPTIONS = ("checkbox_option", "radio_option")


class Drawn(DjangoTemplates):
    """Draws the controls of a form; what it does not know, the templates of Django write."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> SafeString:
        draw = DRAWN.get(template_name)
        drawn = draw(context["widget"]) if draw else None
        if drawn is None:
            return SafeString(super().render(template_name, context, request))
        return SafeString(drawn)


def _input(control: Control) -> str:
    value = control["value"]
    said = "" if value is None else f' value="{_written(value)}"'
    kind, name = conditional_escape(control["type"]), conditional_escape(control["name"])
    return f'<input type="{kind}" name="{name}"{said}{_attributes(control)}>'


def _option_alone(control: Control) -> str | None:
    """One of several boxes or buttons, where the page itself writes the label beside it."""
    return None if control["wrap_label"] else _input(control)


def _textarea(control: Control) -> str | None:
    value = control["value"]
    if value and not isinstance(value, str):
        return None
    said = conditional_escape(value) if value else ""
    name = conditional_escape(control["name"])
    return f'<textarea name="{name}"{_attributes(control)}>\n{said}</textarea>'


def _select(control: Control) -> str | None:
    parts = [f'<select name="{conditional_escape(control["name"])}"{_attributes(control)}>']
    for group, options, _ in control["optgroups"]:
        if group:
            parts.append(f'\n  <optgroup label="{conditional_escape(group)}">')
        for option in options:
            label = option["label"]
            if not isinstance(label, str | Promise):
                return None
            parts.append(
                f'\n  <option value="{_written(option["value"])}"{_attributes(option)}>'
                f"{conditional_escape(str(label))}</option>\n"
            )
        if group:
            parts.append("\n  </optgroup>")
    parts.append("\n</select>")
    return "".join(parts)


def _attributes(control: Control) -> str:
    return "".join(
        f" {conditional_escape(name)}"
        if value is True
        else f' {conditional_escape(name)}="{_written(value)}"'
        for name, value in control["attrs"].items()
        if value is not False
    )


def _written(value: object) -> str:
    return conditional_escape(value if isinstance(value, str) else f"{value!s}")


DRAWN: dict[str, Callable[[Control], str | None]] = {
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/textarea.html": _textarea,
    **{f"django/forms/widgets/{name}.html": _input for name in INPUTS},
    **{f"django/forms/widgets/{name}.html": _option_alone for name in OPTIONS},
}

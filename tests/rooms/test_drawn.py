"""The controls of forms stand on the page as Django's own templates write them."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from havre.wiring.drawn import DRAWN, Drawn

HOSTILE = "\"'<b>&amp;"
CHOICES = [("", gettext_lazy("Choose")), ("a", HOSTILE), (3, "three"), (HOSTILE, "one")]
GROUPED = [("", "nobody"), (gettext_lazy("Suggested"), [("a", "A"), ("b", "B")]), ("c", "C")]
WORN = {"class": "input", "rows": 3, "hidden": True, "open": False, "title": HOSTILE}


class AllSorts(forms.Form):
    text = forms.CharField(max_length=20, widget=forms.TextInput(WORN))
    safe = forms.CharField(required=False)
    number = forms.IntegerField(min_value=1, required=False)
    email = forms.EmailField(required=False)
    day = forms.DateField(widget=forms.DateInput(WORN | {"type": "date"}), required=False)
    secret = forms.CharField(widget=forms.PasswordInput(render_value=True), required=False)
    hidden = forms.CharField(widget=forms.HiddenInput)
    long = forms.CharField(widget=forms.Textarea(WORN), required=False)
    tick = forms.BooleanField(required=False)
    one = forms.ChoiceField(choices=CHOICES, widget=forms.Select(WORN))
    grouped = forms.ChoiceField(choices=GROUPED)
    counted = forms.ChoiceField(choices=[(1, 1), (2, 2000)])
    several = forms.MultipleChoiceField(choices=CHOICES)
    ticks = forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple(WORN))
    buttons = forms.ChoiceField(choices=GROUPED, widget=forms.RadioSelect)


TYPED = {
    "text": HOSTILE,
    "safe": mark_safe("<b>"),
    "number": 1_234,
    "email": "dock@example.com",
    "day": "2026-11-28",
    "secret": HOSTILE,
    "hidden": HOSTILE,
    "long": f"\n{HOSTILE}\n",
    "tick": True,
    "one": HOSTILE,
    "grouped": "b",
    "counted": 2,
    "several": ["a", "3"],
    "ticks": ["a", HOSTILE],
    "buttons": "c",
}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", list(AllSorts.base_fields))
@pytest.mark.parametrize("given", [{}, {"data": TYPED}, {"initial": TYPED}, {"data": {}}])
def test_a_control_is_as_django_writes_it(name, given, language):
    ours = AllSorts(**given, renderer=Drawn(), auto_id="all_%s")
    djangos = AllSorts(**given, renderer=DjangoTemplates(), auto_id="all_%s")
    with override(language):
        assert str(ours[name]) == str(djangos[name])
        assert [one.tag() for one in ours[name]] == [one.tag() for one in djangos[name]]
        assert [str(one) for one in ours[name]] == [str(one) for one in djangos[name]]


def test_each_of_them_is_drawn_here():
    drawn = {AllSorts.base_fields[name].widget.template_name for name in AllSorts.base_fields}
    boxes = {"django/forms/widgets/checkbox_select.html", "django/forms/widgets/radio.html"}
    options = {f"django/forms/widgets/{one}_option.html" for one in ("checkbox", "radio")}
    assert drawn - boxes == set(DRAWN) - options

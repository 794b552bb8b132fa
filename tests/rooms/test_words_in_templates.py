"""Words of templates are said as Django says them, whichever language was said before."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Engine
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import override

OURS = Engine(
    builtins=[
        "django.templatetags.i18n",
        "havre.wiring.templatetags.said",
        "havre.wiring.templatetags.havre",
    ]
)
DJANGOS = Engine(builtins=["django.templatetags.i18n", "havre.wiring.templatetags.havre"])
GIVEN = {
    "name": "Luc & <Anne>",
    "safe": mark_safe("<b>pier</b>"),
    "none": [],
    "one": ["a"],
    "many": 1_234_567,
    "word": "Queue",
    "number": "no number",
}


def sentence(given: str, *forms: str) -> str:
    return f"{{% blocktranslate {given} %}}{'{% plural %}'.join(forms)}{{% endblocktranslate %}}"


RAISED = sentence("with from=name to=safe", "Raised from {{ from }} to {{ to }}")
IN_REPORTS = "in {{ reports }} report", "in {{ reports }} reports"
WAITING = ["{{ waiting }} waiting, {{ immediate }} immediate."] * 2
TEMPLATES = [
    '{% translate "Queue" %}{% translate "Refer" %}',
    '{% translate "Queue" as here %}<a title="{{ here }}">{{ here|upper }}</a>',
    "{% translate word %}, {% translate 'Queue'|upper %}",
    '{% translate "Queue" noop %}{% translate "100% of <them>" %}',
    RAISED,
    f"{{% autoescape off %}}{RAISED}{{% endautoescape %}}{{{{ to }}}}",
    sentence("with agency=nobody", "Perhaps to {{ agency }}"),
    sentence("", "Acting for {{ name }}, 5% of {{ unknown }}"),
    sentence("trimmed", "\n  Times are those of {{ name }}.\n"),
    sentence("count reports=none|length", *IN_REPORTS),
    sentence("count reports=one|length", *IN_REPORTS),
    sentence("count reports=many", *IN_REPORTS),
    sentence("count waiting=many with immediate=one|length", *WAITING),
    sentence("asvar told", "Acting for {{ name }}") + "{{ told }}{{ name }}",
    f"{{% for one in 'ab' %}}{sentence('with to=one', 'Perhaps to {{ to }}')}{{% endfor %}}",
]


@pytest.mark.parametrize("text", TEMPLATES)
def test_they_are_said_as_django_says_them_in_each_language(text):
    ours, djangos = OURS.from_string(text), DJANGOS.from_string(text)
    for language in ("en", "fr", None, "fr", "en"):
        with override(language):
            said = djangos.render(Context(GIVEN))
            assert ours.render(Context(GIVEN)) == said


def test_the_two_languages_differ():
    with override("fr"):
        assert OURS.from_string('{% translate "Queue" %}').render(Context()) == "File"


def test_what_is_counted_is_a_number():
    text = sentence("count reports=number", *IN_REPORTS)
    with pytest.raises(Exception, match="must be a number"):
        OURS.from_string(text).render(Context(GIVEN))


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 7, 1, 22, 30, tzinfo=UTC), "2026-07-01T17:30:00-05:00"),
        (date(2026, 7, 1), "2026-07-01"),
        (None, ""),
    ],
)
def test_a_moment_is_written_for_machines_as_django_writes_it(at, said):
    written = [OURS.from_string(f"{{{{ at|{how} }}}}") for how in ("moment", 'date:"c"')]
    with timezone.override("America/Winnipeg"):
        ours, djangos = (one.render(Context({"at": at})) for one in written)
    assert ours == djangos == said

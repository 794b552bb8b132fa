"""Numbers, e-mails and pages as people say them, or write them so that no machine should know."""

import pytest

from havre.identifiers.rules.find import find_in_text


def values(text):
    return {(str(found.kind), found.value) for found in find_in_text(text, field="t")}


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("seven seven eight, five fifty-five, oh one two nine", "phone", "+17785550129"),
        (
            "cinq cent quatorze, cinq cent cinquante-cinq, zéro cent quarante-quatre",
            "phone",
            "+15145550144",
        ),
        ("cinq un quatre, triple cinq, zéro un quatre quatre", "phone", "+15145550144"),
        ("five one four... uh... five five five... zero one... four four", "phone", "+15145550144"),
        ("5 1 4 five five five 0 1 4 4", "phone", "+15145550144"),
        ("five-one-four, five-five-five, oh-one-four-four", "phone", "+15145550144"),
        ("514 five five five oh one forty four", "phone", "+15145550144"),
        ("le cinq cent quatorze cinq cinq cinq zéro un quarante-quatre", "phone", "+15145550144"),
        ("514 cinq-cent-cinquante-cinq 0144", "phone", "+15145550144"),
        ("(514)-555-0144 txt only", "phone", "+15145550144"),
        ("1 514 555 0144", "phone", "+15145550144"),
        ("+1.514.555.0144", "phone", "+15145550144"),
        ("514\u2013555\u20130144", "phone", "+15145550144"),
        ("514 - 555 - 0144", "phone", "+15145550144"),
        ("514_555_0144 call", "phone", "+15145550144"),
        ("514,555,0144 c'est son cell", "phone", "+15145550144"),
        ("five14 five55 0144 text me", "phone", "+15145550144"),
        ("his digits r 5145550144", "phone", "+15145550144"),
        ("number 514-555-OI44", "phone", "+15145550144"),
        ("call 514 (555) 0144", "phone", "+15145550144"),
        ("cell # 514/555-0144", "phone", "+15145550144"),
        ("5I4-555-0144 call", "phone", "+15145550144"),
        ("514 555 zero one 44", "phone", "+15145550144"),
        ("five hundred fourteen, five fifty five, oh one four four", "phone", "+15145550144"),
        ("cell 514 555 0144, or maybe 0145 at the end", "phone", "+15145550144"),
        ("lena (dot) frost (at) example (dot) com", "email", "lena.frost@example.com"),
        ("LENA.FROST@EXAMPLE.COM", "email", "lena.frost@example.com"),
        ("lena tiret frost à example point com", "email", "lena-frost@example.com"),
        ("lena.frost[arobase]example[point]com", "email", "lena.frost@example.com"),
        ("courriel lena.frost@example . com", "email", "lena.frost@example.com"),
        ("mailto:lena.frost@example.com?subject=hi", "email", "lena.frost@example.com"),
        ("<lena.frost@example.com>", "email", "lena.frost@example.com"),
        ("lena.frost\uff20example.com", "email", "lena.frost@example.com"),
        ("lena.frost@example。com", "email", "lena.frost@example.com"),
        ("email is lena frost all one word at example dot com", "email", "lenafrost@example.com"),
        ("email: lena.frost@example.com (pas .ca)", "email", "lena.frost@example.com"),
        ("lena.forst@example.com, sorry lena.frost@example.com", "email", "lena.frost@example.com"),
        ("lena.forst@example.com, sorry lena.frost@example.com", "email", "lena.forst@example.com"),
        (
            "soleil tiret rouge point example barre oblique entree",
            "url",
            "soleil-rouge.example/entree",
        ),
        ("red dash sun dot example slash enter", "url", "red-sun.example/enter"),
        ("redsun dot example slash a slash b", "url", "redsun.example/a/b"),
        ("hxxp://redsun[.]example/x7", "url", "redsun.example/x7"),
        ("https://redsun.example/x7, he said", "url", "redsun.example/x7"),
        ("redsun(dot)example(slash)x7", "url", "redsun.example/x7"),
        ("https colon slash slash redsun dot example slash x7", "url", "redsun.example/x7"),
        ("h t t p s : / / redsun.example/x7", "url", "redsun.example/x7"),
        ("redsun.example/x7 c'est le lien", "url", "redsun.example/x7"),
        ("www.redsun.example/x7", "url", "www.redsun.example/x7"),
        ("redsun.example:8080/x7", "url", "redsun.example:8080/x7"),
        (
            "site redsun point example, barre oblique, entrée sans accent",
            "url",
            "redsun.example/entree",
        ),
        ("T1k-T0k = @ h.e.r.o.n.p.i.e.r , à lire sans les points", "handle", "tiktok:heronpier"),
        ("snap: r*i*v*e*r*f*o*x", "handle", "snapchat:riverfox"),
        ("snap r/i/v/e/r/f/o/x", "handle", "snapchat:riverfox"),
    ],
)
def test_numbers_mails_and_pages_said_or_written_apart_are_found(text, kind, value):
    assert (kind, value) in values(text)


@pytest.mark.parametrize(
    "text",
    [
        "h.e.r.o.n said nothing without a dot",
        "it has a look dot zzz slash that",
    ],
)
def test_talk_of_slashes_and_dots_is_no_page(text):
    assert not {kind for kind, _ in values(text)} & {"url", "email", "handle"}

"""Two names on one platform, names spelled as in radio, numbers in pairs, and short platforms."""

import pytest

from havre.identifiers.rules.find import find_in_text


def found(text, kind="handle"):
    """What is found of one kind in a text."""
    return {one.value for one in find_in_text(text, field="summary") if one.kind == kind}


@pytest.mark.parametrize(
    "text",
    [
        "Deux pseudos : OursEnBas et, le lendemain, OursEnHaut. Les deux sur PlayStation.",
        "Two names, OursEnBas and OursEnHaut. Both on PlayStation, same voice.",
        "OursEnBas puis OursEnHaut, tous les deux sur PlayStation.",
        "It was OursEnBas, later OursEnHaut. These two names are on PlayStation.",
    ],
)
def test_two_names_are_on_the_platform_that_both_are_said_to_be_on(text):
    assert found(text) == {"psn:oursenbas", "psn:oursenhaut"}


@pytest.mark.parametrize(
    "text",
    [
        "My son and his friend talk. Both on PlayStation all day.",
        "OursEnBas, plum_9 and fox_3. Both on PlayStation are fine.",
    ],
)
def test_both_of_other_numbers_are_not_given_by_that(text):
    rules = {one.rule for one in find_in_text(text, field="t")}
    assert "handle.on-both" not in rules


@pytest.mark.parametrize(
    ("text", "email"),
    [
        (
            "It is m as in Mike, o as in Oscar, t as in Tango, h as in Hotel, at example dot org.",
            "moth@example.org",
        ),
        (
            "m comme Mike, o comme Oscar, t comme Tango, h comme Hotel, arobase example point org",
            "moth@example.org",
        ),
    ],
)
def test_an_address_spelled_as_on_the_radio_is_read_whole(text, email):
    assert found(text, "email") == {email}


def test_what_may_be_a_platform_is_a_part_of_a_name_said_aloud():
    text = "It's on Instagram, it's tango, uh, the word tango, then underscore, then biscuit."
    assert found(text) == {"instagram:tango_biscuit"}
    text = "C'est sur Instagram, c'est tango, le mot tango, puis tiret bas, puis biscuit."
    assert found(text) == {"instagram:tango_biscuit"}


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("il me bombarde de sms, 01 99 00 67 31, il veut", "+33199006731"),
        ("appelle au 01.99.00.67.31 svp", "+33199006731"),
        ("a French number, 01 99 00 67 31", "+33199006731"),
    ],
)
def test_a_number_in_five_pairs_is_one_of_france(text, phone):
    assert found(text, "phone") == {phone}


@pytest.mark.parametrize(
    "text",
    [
        "My lottery slip: 04 11 19 27 33 45, a caller said I had won.",
        "les chiffres gagnants : 04 11 19 27 33",
        "call me about 12 04 11 19 27 33",
    ],
)
def test_other_pairs_are_no_number(text):
    assert found(text, "phone") == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Uses the family VK account. A person there named stepan_orchard wrote.",
            "vk:stepan_orchard",
        ),
        ("Kid: they all have vk\nMom: what is he on that\nKid: plum_kettle", "vk:plum_kettle"),
        ("lui: on a tous vk\nmoi: c'est quoi son nom\nlui: plum_kettle", "vk:plum_kettle"),
        (
            "him: use the other one\nme: which\nhim: threads\nme: what name\nhim: plum.static",
            "threads:plum.static",
        ),
    ],
)
def test_a_short_platform_is_meant_where_somebody_has_it_or_answers_with_it(text, name):
    assert found(text) == {name}


def test_threads_in_a_sentence_are_no_platform():
    assert found("him: the threads are long\nme: what name\nhim: plum.static") <= {":plum.static"}


@pytest.mark.parametrize(
    "text",
    [
        "My Tumblr is quiet, so when lanternmoth-diaries asked eleven questions I blocked them.",
        "A Tumblr blog, lanternmoth-diaries, keeps writing to me.",
        "Mon Tumblr est calme, alors quand lanternmoth-diaries m'a écrit, j'ai bloqué.",
    ],
)
def test_a_blog_with_hyphens_that_does_something_is_one_of_tumblr(text):
    assert found(text) == {"tumblr:lanternmoth-diaries"}


@pytest.mark.parametrize(
    "text",
    [
        "My Tumblr is quiet, so when my mother-in-law asked I closed it.",
        "Mon Tumblr est calme, ma grand-maman m'a écrit.",
        "My Discord is quiet, so when lanternmoth-diaries asked I left.",
    ],
)
def test_other_words_with_hyphens_are_no_blog(text):
    assert "handle.blog" not in {one.rule for one in find_in_text(text, field="t")}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Snapchat, z, o, u, z, o, u, et après ça un tiret du bas, et après ça un onze.",
            "zouzou_11",
        ),
        ("Snapchat, z, o, u, z, o, u, and then an underscore, and then eleven.", "zouzou_11"),
        ("Snapchat: loutre, trait d'en bas, rose", "loutre_rose"),
    ],
)
def test_what_leads_from_sign_to_sign_is_no_part_of_a_name(text, name):
    assert found(text) == {f"snapchat:{name}"}


@pytest.mark.parametrize(
    "text",
    [
        "Charlie Delta Tango, then five one six. Ontario, I think, that was the plate.",
        "Charlie Delta Tango, puis cinq un six. Ontario, je pense, c'était la plaque.",
        "char gris, plake CDT 516",
    ],
)
def test_a_plate_is_read_across_an_aside_and_by_its_short_spelling(text):
    assert found(text, "plate") == {"CDT516"}


@pytest.mark.parametrize(
    "text", ["service=kik;acct=rosekettle", "platform: Kik / user: rosekettle"]
)
def test_fields_in_one_line_give_the_account_to_its_platform(text):
    assert found(text) == {"kik:rosekettle"}

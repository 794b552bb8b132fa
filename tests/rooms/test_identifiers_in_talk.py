"""What a line answers to one before it, and what cards and tables tell."""

import pytest

from havre.identifiers.rules.find import find_in_text


def values(text):
    return {(str(found.kind), found.value) for found in find_in_text(text, field="t")}


@pytest.mark.parametrize(
    "text",
    [
        "A: u got discord?\nB: ya\nA: name?\nB: brickuncle",
        "A: t'as discord\nB: oui\nB: brickuncle",
        "A: discord?\nB: brickuncle",
        "A: add me on discord\nA: brickuncle",
        "A: ajoute moi sur discord\nB: c quoi ton nom\nA: brickuncle",
        "A: whats ur discord\nB: its\nB: brickuncle",
        "A: whats ur discord\nB: hold on\nB: brickuncle",
        "A: whats ur discord\nB: sec\nB: ok its brickuncle lol",
        "A: c'est quoi ton discord\nB: attends\nB: c'est brickuncle, et toi?",
        "- T'as Discord?\n- Oui.\n- C'est quoi?\n- brickuncle",
        "— Ton Discord?\n— brickuncle.",
        "Q: What app?\nA: Discord.\nQ: What name?\nA: brickuncle.",
        "Q : Sur quelle plateforme?\nR : Discord.\nQ : Sous quel nom?\nR : brickuncle.",
        "A : Où t'écrit-il?\nB : Sur Discord.\nA : Comment s'appelle-t-il?\nB : brickuncle.",
        "[12:01] mike: discord?\n[12:02] zed: brickuncle",
        "12:01 - Mike: what is your discord\n12:02 - Zed: brickuncle",
        "<mike> discord?\n<zed> brickuncle",
        "A: still on kik?\nB: no\nA: discord?\nB: yeah\nA: im on there as brickuncle, find me",
        "lui: cherche moi sur discord\nmoi: quel nom\nlui: brickuncle",
        "mum: what is the discord of this tutor\nson: He said search for\nson: brickuncle",
        "chef: Steam?\nrecrue: oui, boulon_rouille\nchef: et discord\nrecrue: brickuncle",
        "Service   Discord\nAccount   brickuncle",
        "App : Discord\nNom affiché : Oncle\nPseudo : brickuncle",
        "Pseudo : brickuncle\nÂge : inconnu\nApp : Discord",
        "service,account\ndiscord,brickuncle",
        "compte;plateforme;date\nbrickuncle;Discord;2025-01-12",
        "service | account\n--- | ---\ndiscord | brickuncle",
        "platform=discord&user=brickuncle",
        "<platform>discord</platform><user>brickuncle</user>",
    ],
)
def test_a_name_is_found_where_it_answers_or_stands_in_its_field(text):
    assert ("handle", "discord:brickuncle") in values(text)


def test_each_answer_goes_to_the_platform_that_was_asked_for_last():
    text = "A: ton steam?\nB: boulon_rouille\nA: et twitch\nB: boulonlive\nA: kik?\nB: non"
    assert values(text) == {("handle", "steam:boulon_rouille"), ("handle", "twitch:boulonlive")}


def test_each_account_of_a_card_goes_to_its_own_platform():
    text = "User: brickuncle\nApp: Kik\nUser: feltfeather\nApp: Discord"
    assert values(text) == {("handle", "kik:brickuncle"), ("handle", "discord:feltfeather")}


def test_an_empty_line_ends_a_card():
    assert values("App: Discord\n\nAccount   brickuncle") == set()


@pytest.mark.parametrize(
    "text",
    [
        "A: discord?\nB: nothing",
        "A: you on discord?\nB: always",
        "A: discord?\nB: yeah\nA: cool",
        "A: discord?\nB: sometimes\nA: cool",
        "A: t'as discord?\nB: pourquoi",
        "A: tu joues à roblox?\nB: souvent",
        "A: got discord?\nB: deleted\nA: ok",
        "A: discord?\nB: tomorrow",
        "A: discord?\nB: parents checked",
        "A: discord?\nB: what about it\nA: feltfeather",
        "we were on discord and it was fun\nfeltfeather",
        "App: Discord\nUser: unknown",
        "App : Discord\nPseudo : aucun",
        "service,account\ndiscord,none",
        "date,colour\ndiscord,feltfeather",
    ],
)
def test_what_is_no_answer_is_nobodys_name(text):
    assert not {kind for kind, _ in values(text)} & {"handle"}


@pytest.mark.parametrize(
    "text",
    [
        "him: plate so you know its me\nhim: KDV 219\nme: no",
        "officer: did you see the plate?\nmother: yes\nmother: KDV 219",
        "A: whats the plate\nB: KDV 219 i think",
        "moi: c'est quoi la plaque?\nlui: KDV 219",
        "policier: La plaque?\ntémoin: c'est KDV 219, une Mazda rouge",
        "vehicle\tplate\tcolour\nKia\tKDV 219\tblue",
        "make;plate;colour\nKia;KDV 219;blue",
        "marque,plaque,couleur\nKia,KDV-219,bleue",
    ],
)
def test_a_plate_is_found_where_it_answers_or_stands_in_its_column(text):
    assert values(text) == {("plate", "KDV219")}


def test_what_is_said_long_after_is_no_plate():
    said = "A: did you see the plate?\nB: no\nB: too dark\nB: sorry\nB: anyway\nB: KDV 219"
    assert values(said) == set()


@pytest.mark.parametrize(
    "text",
    [
        "me: when were you born\nher: october 1 2012",
        "elle: t'es né quand\nmoi: 1er octobre 2012",
        "him: whats ur bday\nme: oct 1\nhim: year?\nme: 2012",
        "lui: ta fête c'est quand\nmoi: le 1 octobre 2012 pk",
        "Officer: Date of birth?\nChild: October first, two thousand twelve.",
        "agent: et la date de naissance?\nmère: attendez\nmère: 1er octobre 2012",
        "name,dob,city\nA. B.,2012-10-01,Laval",
        "nom;date de naissance\nA. B.;1er octobre 2012",
    ],
)
def test_a_day_of_birth_is_found_where_it_answers_or_stands_in_its_column(text):
    assert ("birth-date", "2012-10-01") in values(text)


@pytest.mark.parametrize(
    "text",
    [
        "me: when did you move\nher: october 1 2012",
        "A: quand est le spectacle\nB: 1er octobre 2012",
        "name,created,city\nA. B.,2012-10-01,Laval",
    ],
)
def test_a_day_that_answers_something_else_is_no_day_of_birth(text):
    assert "birth-date" not in {kind for kind, _ in values(text)}


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("A: what school\nB: stonebrook middle school", "school", "stonebrook middle school"),
        ("A: what school u go to\nB: stonebrook high", "school", "stonebrook high"),
        ("A : quelle école?\nB : école des érables", "school", "ecole des erables"),
        ("A: whats ur number\nB: 450\nB: 555\nB: 0122", "phone", "+14505550122"),
        ("A: ton num?\nB: 450 555\nB: 0122", "phone", "+14505550122"),
    ],
)
def test_a_school_and_a_number_in_pieces_are_found_where_they_answer(text, kind, value):
    assert (kind, value) in values(text)


@pytest.mark.parametrize(
    "text",
    [
        "A: what school\nB: my old school",
        "A: what school\nB: not in school",
        "A: quelle école?\nB: une autre école",
        "A: whats ur number\nB: 450\nB: why\nB: 55",
        "A: what room\nB: 450\nB: 555\nB: 0122",
    ],
)
def test_what_answers_otherwise_is_no_school_and_no_number(text):
    assert not {kind for kind, _ in values(text)} & {"school", "phone"}


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("A: how old are you\nB: 13, oct 1 2012", "birth-date", "2012-10-01"),
        ("A: ur birthday\nB: its the 1st of october\nA: yr\nB: 2012", "birth-date", "2012-10-01"),
        ("elle: t'es né quand\nmoi: 5 août 2010", "birth-date", "2010-08-05"),
        ("Q. When was she born?\nA. October 1, 2012.", "birth-date", "2012-10-01"),
        ("A: get the plate\nB: k d v 2 1 9", "plate", "KDV219"),
        ("A: plate number?\nB: kdv219", "plate", "KDV219"),
        ("- La plaque?\n- K, D, V, deux, un, neuf.", "plate", "KDV219"),
        ("Sam (10:02): my kik is\nSam (10:02): tansyowl", "handle", "kik:tansyowl"),
        ("10:02 Sam\nwhat's your kik?\n10:03 Lou\ntansyowl", "handle", "kik:tansyowl"),
        ("Sam - what's your kik?\nLou - tansyowl", "handle", "kik:tansyowl"),
        ("A: kik?\nB: no snap\nB: tansyowl", "handle", "snapchat:tansyowl"),
    ],
)
def test_an_answer_is_found_however_the_talk_is_written_down(text, kind, value):
    assert (kind, value) in values(text)

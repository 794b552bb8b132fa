"""Names told in more ways of prose, of talk and of short notes, in both languages."""

import pytest

from havre.identifiers.rules.find import find_in_text


def handles(text):
    found = find_in_text(text, field="t")
    return {one.value for one in found if str(one.kind) == "handle"}


@pytest.mark.parametrize(
    "text",
    [
        "Q. What was the Instagram account?\nA. cedarvale",
        "Question : le compte Instagram?\nRéponse : cedarvale",
        "Agent: Instagram username?\nCaller: It's cedarvale.",
        "Agent: Instagram username?\nCaller: cedarvale, C E D A R V A L E.",
        "Agent: Can you spell his Instagram?\nCaller: C-E-D-A-R-V-A-L-E.",
        "Agent: Can you spell his Instagram?\nCaller: C E D A R V A L E",
        "Instagram, c comme Charlie, e, d, a, r, v, a, l, e",
        "Instagram cedarvale",
        "Instagram: Cedarvale",
        "INSTAGRAM: CEDARVALE",
        "@cedarvale on insta",
        "insta: @cedarvale",
        "Compte Instagram - cedarvale - signalé 3 fois",
        "Report re: Instagram account cedarvale",
        "Re: cedarvale (Instagram)",
        "Subject: Instagram user cedarvale",
        "Objet : compte Instagram cedarvale",
        "Objet : cedarvale sur Instagram",
        "cedarvale, Instagram",
        "cedarvale - instagram",
        "cedarvale : Instagram",
        "cedarvale is the insta",
        "its cedarvale on insta",
        "on insta its cedarvale",
        "sur insta c'est cedarvale",
        "sur insta il s'appelle cedarvale",
        "sur insta son nom est cedarvale",
        "sur insta, nom d'utilisateur cedarvale",
        "on insta, username cedarvale",
        "on insta under the name cedarvale",
        "insta user named cedarvale",
        "an insta account, cedarvale,",
        "un compte Instagram, soit cedarvale",
        "un compte Instagram, à savoir cedarvale, a écrit",
        "Instagram (user: cedarvale)",
        "Instagram [cedarvale]",
        'Instagram "cedarvale"',
        "he goes by cedarvale on insta",
        "someone named cedarvale on insta",
        "quelqu'un nommé cedarvale sur insta",
        "someone who calls themselves cedarvale messaged my son on Instagram",
        "un usager qui se fait appeler cedarvale a écrit à mon fils sur Instagram",
        "the user cedarvale has been messaging my son on Instagram",
        "the account cedarvale on Instagram",
        "le compte cedarvale sur Instagram",
        "My son's Instagram got a message from cedarvale",
        "insta msg from cedarvale",
        "got an insta dm from cedarvale last night",
        "cedarvale dm'd me on insta",
        "cedarvale a dm ma soeur sur insta",
        "cedarvale keeps messaging me on insta",
        "cedarvale arrête pas de m'écrire sur insta",
        "please look at cedarvale on insta",
        "regardez cedarvale sur insta",
    ],
)
def test_one_plain_name_is_found(text):
    assert handles(text) == {"instagram:cedarvale"}


@pytest.mark.parametrize(
    "text",
    [
        "D'abord sur Instagram (cedar.vale), puis sur Snapchat (cedarvale_2).",
        "Il a deux comptes : cedar.vale pour Instagram et cedarvale_2 pour Snapchat.",
        "cedar.vale = insta, cedarvale_2 = snap",
        "insta: cedar.vale | snap: cedarvale_2",
        "IG cedar.vale SC cedarvale_2",
        "ig=cedar.vale sc=cedarvale_2",
        "his insta, cedar.vale, is gone but his snap, cedarvale_2, still works",
        "Son Instagram était cedar.vale; celui de Snapchat, cedarvale_2.",
        "Instagram: cedar.vale. Snapchat: cedarvale_2.",
        "cedar.vale on ig cedarvale_2 on sc",
        "from ig @cedar.vale to snap @cedarvale_2",
        "moved her from Instagram, handle cedar.vale, to Snapchat, handle cedarvale_2",
        "A: whats ur ig\nB: cedar.vale\nA: and snap\nB: cedarvale_2",
    ],
)
def test_each_of_two_names_goes_to_its_own_platform(text):
    assert handles(text) == {"instagram:cedar.vale", "snapchat:cedarvale_2"}


@pytest.mark.parametrize(
    "text",
    [
        "Instagram safety",
        "Discord homework",
        "Snapchat conversation",
        "Facebook marketplace",
        "TikTok challenge",
        "Roblox developer",
        "harassment, Instagram",
        "cyberbullying - Snapchat",
        "Platform: Instagram\nSafety",
        "Objet : Instagram",
        "Objet : menaces sur Instagram",
        "Subject: Instagram impersonation",
        "Objet : compte Instagram piraté",
        "Re: Discord",
        "got an insta dm from somebody last night",
        "a snap request from strangers",
        "a discord message from yesterday",
        "un message snap de quelqu'un",
        "une demande facebook de grand-maman",
        "grandma messaged me on facebook",
        "someone messaged me on facebook",
        "classmates added me on snap",
        "teammates asked about it on discord",
        "and then everybody wrote on instagram",
        "homework kept me off discord",
        "the principal wrote to us on messenger",
        "mamie m'a écrit sur messenger",
        "quelqu'un m'a écrit sur insta",
        "pourquoi me l'a écrit sur insta",
        "on insta its everywhere",
        "on tiktok it's hilarious",
        "on discord its allowed",
        "on snap its private",
        "sur snap c'est facile",
        "sur snap c'est anonyme",
        "on roblox it's impossible",
        "his discord and his name there was hidden",
        "his snap and his name is unknown",
        "an Instagram account, namely private",
        "un compte Instagram, soit privé",
        "check out tiktok",
        "check everything on snapchat",
        "look at something on youtube",
        "regarde n'importe quoi sur youtube",
        "banned everyone on discord",
        "c as in cat, on instagram",
        "grades: a, b, c, d, on instagram",
        "Q. What app?\nA. Instagram",
        "Q. Instagram?\nA. Never.",
        "Q. Did you have Discord?\nA. Sometimes",
        "Discord\nmoderation",
        "Kids on discord\nhomework",
        "snap / insta / discord",
        "cest pour Instagram",
        "photos pour Instagram et vidéos pour TikTok",
        "2 pour Instagram et 3 pour TikTok",
        "IMG_2031 pour Instagram",
        "my password for Instagram is secret",
    ],
)
def test_what_looks_alike_is_nobodys_name(text):
    assert handles(text) == set()


def test_where_a_name_stands_close_to_a_platform_no_plain_word_is_looked_for():
    assert handles("his discord is fox_9, hes brickuncle there") == {"discord:fox_9"}


def test_a_name_dictated_in_quotation_marks_is_read_sign_by_sign():
    assert handles('"pivolet tiret bas neuf" sur telegram') == {"telegram:pivolet_9"}
    assert handles('telegram "pivolet underscore nine"') == {"telegram:pivolet_9"}
    assert handles("sur l'appli jaune pivolet_9") == {"snapchat:pivolet_9"}

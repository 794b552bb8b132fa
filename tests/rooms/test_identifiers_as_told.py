"""Names for payments, names told in tables, logs and answers, days of birth and IP addresses."""

import pytest

from havre.identifiers.rules.find import find_in_text


def values(text):
    return {(str(found.kind), found.value) for found in find_in_text(text, field="t")}


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("PayPal.me name is birchcorner7", "handle", "paypal:birchcorner7"),
        ("venmo is lemon-raft he sed", "handle", "venmo:lemon-raft"),
        ("send it to lemonraft on Cash App", "handle", "cashapp:lemonraft"),
        ("he wants it thru cashapp, lemonraft", "handle", "cashapp:lemonraft"),
        ("cash app: lemonraft", "handle", "cashapp:lemonraft"),
        (
            "His Cash App name is $lemonraft and he wants twenty dollars",
            "handle",
            "cashapp:lemonraft",
        ),
        ("Il veut l'argent par PayPal, au nom lemonraft", "handle", "paypal:lemonraft"),
        ("mon oncle a payé lemonraft sur PayPal", "handle", "paypal:lemonraft"),
        ("paypal lemonraft, pas de reçu", "handle", "paypal:lemonraft"),
        ("virement à lemon.raft (Interac)", "handle", "interac:lemon.raft"),
        ("son Interac c'est lemon_raft", "handle", "interac:lemon_raft"),
        ("Wise tag @lemonraft", "handle", "wise:lemonraft"),
        ("Chime $lemonraft", "handle", "chime:lemonraft"),
        ("Zelle under lemonraft", "handle", "zelle:lemonraft"),
        ("on Venmo as @lemon-raft", "handle", "venmo:lemon-raft"),
        ("pay lemonraft22 via PayPal", "handle", "paypal:lemonraft22"),
        ("He said to pay him at paypal.me/lemonraft", "handle", "paypal:lemonraft"),
        ("wealthsimple cash, $lemonraft", "handle", "wealthsimple:lemonraft"),
        ("$lemonraft sur Cash App", "handle", "cashapp:lemonraft"),
        ("$ lemonraft on cashapp", "handle", "cashapp:lemonraft"),
        ("cashapp dollar sign lemonraft", "handle", "cashapp:lemonraft"),
        ("signe de dollar lemonraft sur Cash App", "handle", "cashapp:lemonraft"),
        ("l e m o n r a f t sur paypal", "handle", "paypal:lemonraft"),
        ("PayPal (lemonraft)", "handle", "paypal:lemonraft"),
        ("payment: cashapp / lemonraft", "handle", "cashapp:lemonraft"),
        ("compte PayPal « lemonraft »", "handle", "paypal:lemonraft"),
        ("pour payer: PayPal lemonraft", "handle", "paypal:lemonraft"),
        ("gift cards or venmo lemonraft", "handle", "venmo:lemonraft"),
        ("ko-fi lemonraft9", "handle", "ko-fi:lemonraft9"),
        ("Patreon: lemonraft9", "handle", "patreon:lemonraft9"),
        ("buy me a coffee lemonraft9", "handle", "buy-me-a-coffee:lemonraft9"),
        ("P a y P a l : lemon_raft", "handle", "paypal:lemon_raft"),
        ("v3nmo lemon-raft", "handle", "venmo:lemon-raft"),
        ("paye à lemon-raft, c'est Venmo", "handle", "venmo:lemon-raft"),
        ("c4shapp $lemonraft", "handle", "cashapp:lemonraft"),
        ("born March 5 2012", "birth-date", "2012-03-05"),
        ("DOB 5 Mar 2012", "birth-date", "2012-03-05"),
        ("dob 15/03/2012", "birth-date", "2012-03-15"),
        ("dob: 03-15-2012", "birth-date", "2012-03-15"),
        ("date de naissance: 5 mars 2012", "birth-date", "2012-03-05"),
        ("ma fête c'est le 5 mars 2012", "birth-date", "2012-03-05"),
        ("bday mar 5 2012", "birth-date", "2012-03-05"),
        ("b-day: 2012.03.05", "birth-date", "2012-03-05"),
        ("née le cinq mars deux mille douze", "birth-date", "2012-03-05"),
        ("born on the fifth of March two thousand twelve", "birth-date", "2012-03-05"),
        ("She was born in Windsor on March 5, 2012.", "birth-date", "2012-03-05"),
        ("elle est née à Windsor le 5 mars 2012", "birth-date", "2012-03-05"),
        ('"whats ur bday" "march 5 2012"', "birth-date", "2012-03-05"),
        ("when were you born? > 5 march 2012", "birth-date", "2012-03-05"),
        ("c quoi ta date de fete\n5 mars 2012", "birth-date", "2012-03-05"),
        ("Né le 5/mars/2012", "birth-date", "2012-03-05"),
        ("birthdate 2012 03 05", "birth-date", "2012-03-05"),
        ("DOB: 20120305", "birth-date", "2012-03-05"),
        ("born March 6 2012... sorry March 5 2012", "birth-date", "2012-03-05"),
        ("born March 6 2012... sorry March 5 2012", "birth-date", "2012-03-06"),
        ("her birthday, March 5th, 2012", "birth-date", "2012-03-05"),
        ("fêtée le 5 mars 2012", "birth-date", "2012-03-05"),
        ("il est né un 5 mars 2012", "birth-date", "2012-03-05"),
        ("naiss. 2012-03-05", "birth-date", "2012-03-05"),
        ("D.O.B. (2012-03-05)", "birth-date", "2012-03-05"),
        ("birth: 2012-03-05; school: none", "birth-date", "2012-03-05"),
        ("2012-03-05 = birthday", "birth-date", "2012-03-05"),
        ("she turned ten on March 5 2022, born 2012-03-05", "birth-date", "2012-03-05"),
        ("his computer shows as 198.51.100.7", "ip", "198.51.100.7"),
        ('198.51.100.7 - - [12/Mar/2024:10:00:00 +0000] "GET / HTTP/1.1"', "ip", "198.51.100.7"),
        ("198 [dot] 51 [dot] 100 [dot] 7", "ip", "198.51.100.7"),
        ("198 dot 51 dot 100 dot 7", "ip", "198.51.100.7"),
        ("IP: 198 51 100 7", "ip", "198.51.100.7"),
        ("l'adresse ip 198,51,100,7", "ip", "198.51.100.7"),
        ("adresse IP: 198.51.100 .7", "ip", "198.51.100.7"),
        ("ip = 198..51..100..7", "ip", "198.51.100.7"),
        ("ip 198·51·100·7", "ip", "198.51.100.7"),
        ("ip 198/51/100/7", "ip", "198.51.100.7"),
        ("ip 198:51:100:7", "ip", "198.51.100.7"),
        (
            "IP cent quatre-vingt-dix-huit, point, cinquante et un, point, cent, point, sept",
            "ip",
            "198.51.100.7",
        ),
        (
            "I.P. address one ninety eight dot fifty one dot one hundred dot seven",
            "ip",
            "198.51.100.7",
        ),
        ("198.51.100.7. Thanks", "ip", "198.51.100.7"),
        ("v4 198.51.100.7", "ip", "198.51.100.7"),
        ("ipv6 2001:db8:0:0:0:0:0:42", "ip", "2001:db8::42"),
        ("2001:db8::42%eth0", "ip", "2001:db8::42"),
        ("[2001:db8::42]", "ip", "2001:db8::42"),
        ("2001[:]db8[::]42", "ip", "2001:db8::42"),
        ("2001(:)db8(:)(:)42", "ip", "2001:db8::42"),
        ("IP 198.51.100.70, no, 198.51.100.7", "ip", "198.51.100.70"),
        ("IP 198.51.100.70, no, 198.51.100.7", "ip", "198.51.100.7"),
        ("IP 198.51.100.7 (not 198.51.100.71)", "ip", "198.51.100.7"),
        ("IP 198.51.100.7 (not 198.51.100.71)", "ip", "198.51.100.71"),
        ("(2) « mon psn c'est TuileRousse »", "handle", "psn:tuilerousse"),
        ("On Instagram he goes by @lakeside.orin", "handle", "instagram:lakeside.orin"),
        ("or: snap, reed.w.fortytwo", "handle", "snapchat:reed.w.fortytwo"),
        ("Signal (mesange.21) ou bien", "handle", "signal:mesange.21"),
        ("signal, user reedwarbler.42", "handle", "signal:reedwarbler.42"),
        ("Discord: brumeux", "handle", "discord:brumeux"),
        ("son pseudo Discord est brumeux", "handle", "discord:brumeux"),
        ("il se fait appeler brumeux sur Discord", "handle", "discord:brumeux"),
        ("pseudo discord = brumeux, serveur inconnu", "handle", "discord:brumeux"),
        ("discord name's brumeux", "handle", "discord:brumeux"),
        ("Discord (user: brumeux)", "handle", "discord:brumeux"),
        ("Discord/brumeux", "handle", "discord:brumeux"),
        ("Discord users brumeux and crisscross9", "handle", "discord:crisscross9"),
        ("the name brumeux came up on Discord", "handle", "discord:brumeux"),
        ("Discord tag: brumeux#0", "handle", "discord:brumeux"),
        ('A person using the Discord handle "brumeux" wrote to her', "handle", "discord:brumeux"),
        ("a Discord user by the name of brumeux", "handle", "discord:brumeux"),
        ("un utilisateur de Discord du nom de brumeux", "handle", "discord:brumeux"),
        ("Discord. Name: brumeux.", "handle", "discord:brumeux"),
        ("What app? Discord. What name? brumeux", "handle", "discord:brumeux"),
        ("- app: discord\n- name: brumeux", "handle", "discord:brumeux"),
        ("App | Name\nDiscord | brumeux", "handle", "discord:brumeux"),
        ("discord;brumeux;12", "handle", "discord:brumeux"),
        ("discord,brumeux,2024-01-02", "handle", "discord:brumeux"),
        ("[12:01] kid: whats ur disc\n[12:02] him: brumeux", "handle", "discord:brumeux"),
        ("A: ton discord?\nB: brumeux", "handle", "discord:brumeux"),
        ("— Ton Discord?\n— brumeux", "handle", "discord:brumeux"),
        ("ur disc?? \nbrumeux lol", "handle", "discord:brumeux"),
        ("moved to discord, the_brumeux there", "handle", "discord:the_brumeux"),
        ("he said to switch to Discord and look for the_brumeux", "handle", "discord:the_brumeux"),
        ("on Discord his thing is the_brumeux", "handle", "discord:the_brumeux"),
        ("the_brumeux (thats his discord)", "handle", "discord:the_brumeux"),
        ("the_brumeux <- discord", "handle", "discord:the_brumeux"),
        ("the_brumeux is what he's called on discord", "handle", "discord:the_brumeux"),
        ("the_brumeux, c'est son nom sur discord", "handle", "discord:the_brumeux"),
        ("it was Discord. the_brumeux. that's it", "handle", "discord:the_brumeux"),
        ("his insta is brume.photo", "handle", "instagram:brume.photo"),
        ("Instagram : brume.photo", "handle", "instagram:brume.photo"),
        ("instagram brume.club", "handle", "instagram:brume.club"),
        ("insta: Brume2009", "handle", "instagram:brume2009"),
        ("insta: brume2009, tiktok: brumebrume", "handle", "instagram:brume2009"),
        ("insta: brume2009, tiktok: brumebrume", "handle", "tiktok:brumebrume"),
        ("Insta brume2009 / TikTok brumebrume", "handle", "instagram:brume2009"),
        ("Insta brume2009 / TikTok brumebrume", "handle", "tiktok:brumebrume"),
        ("insta=brume2009;tiktok=brumebrume", "handle", "instagram:brume2009"),
        ("insta=brume2009;tiktok=brumebrume", "handle", "tiktok:brumebrume"),
        ("1) insta brume2009 2) tiktok brumebrume", "handle", "instagram:brume2009"),
        ("1) insta brume2009 2) tiktok brumebrume", "handle", "tiktok:brumebrume"),
        ("brume2009 (Insta), brumebrume (TikTok)", "handle", "instagram:brume2009"),
        ("brume2009 (Insta), brumebrume (TikTok)", "handle", "tiktok:brumebrume"),
        ("brume2009 on Insta and brumebrume on TikTok", "handle", "instagram:brume2009"),
        ("brume2009 on Insta and brumebrume on TikTok", "handle", "tiktok:brumebrume"),
        ("brume2009 sur Insta, brumebrume sur TikTok", "handle", "instagram:brume2009"),
        ("brume2009 sur Insta, brumebrume sur TikTok", "handle", "tiktok:brumebrume"),
        ("Steam profile brumeux77", "handle", "steam:brumeux77"),
        ("steamcommunity.com/id/brumeux77", "handle", "steam:brumeux77"),
        ("twitch.tv/brumeux", "handle", "twitch:brumeux"),
        ("regarde twitch point tv barre oblique brumeux", "handle", "twitch:brumeux"),
        ("snapchat.com/add/brumeux", "handle", "snapchat:brumeux"),
        ("t.me/brumeux", "handle", "telegram:brumeux"),
        ("t[.]me/brumeux", "handle", "telegram:brumeux"),
        ("hxxps://t[.]me/brumeux", "handle", "telegram:brumeux"),
        ("t dot me slash brumeux", "handle", "telegram:brumeux"),
        ("Telegram channel t.me/brumeux", "handle", "telegram:brumeux"),
        ("rblx: brumeux_x", "handle", "roblox:brumeux_x"),
        ("r0bl0x brumeux_x", "handle", "roblox:brumeux_x"),
        ("ro blox user brumeux_x", "handle", "roblox:brumeux_x"),
        ("$nap brumeux_x", "handle", "snapchat:brumeux_x"),
        ("5nap = brumeux_x", "handle", "snapchat:brumeux_x"),
        ("sn*p: brumeux_x", "handle", "snapchat:brumeux_x"),
        ("the ghost app: brumeux_x", "handle", "snapchat:brumeux_x"),
        ("l'appli du fantôme, brumeux_x", "handle", "snapchat:brumeux_x"),
        ("1nst4gr4m @brumeux_x", "handle", "instagram:brumeux_x"),
        ("insta🅶ram brumeux_x", "handle", "instagram:brumeux_x"),
        ("iñsta brumeux_x", "handle", "instagram:brumeux_x"),
        ("k.i.k brumeux_x", "handle", "kik:brumeux_x"),
        ("K1K - brumeux_x", "handle", "kik:brumeux_x"),
        ("kik/brumeux_x", "handle", "kik:brumeux_x"),
        ("(kik) brumeux_x", "handle", "kik:brumeux_x"),
        ("dis.cord brumeux_x", "handle", "discord:brumeux_x"),
        ("d!scord brumeux_x", "handle", "discord:brumeux_x"),
        ("d-i-s-c-o-r-d brumeux_x", "handle", "discord:brumeux_x"),
        ("t3l3gr4m brumeux_x", "handle", "telegram:brumeux_x"),
        ("T|kTok brumeux_x", "handle", "tiktok:brumeux_x"),
        ("you-tube brumeux_x", "handle", "youtube:brumeux_x"),
        ("yt @brumeux_x", "handle", "youtube:brumeux_x"),
    ],
)
def test_it_is_found_in_the_form_it_is_told(text, kind, value):
    assert (kind, value) in values(text)


@pytest.mark.parametrize(
    "text",
    [],
)
def test_talk_of_money_and_days_says_nothing(text):
    assert not {kind for kind, _ in values(text)} & {"handle", "birth-date", "ip", "phone"}


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        ("plate KTR 118... no wait, 188", "plate", {"KTR118", "KTR188"}),
        ("plaque KTR 118, non, KTS", "plate", {"KTR118", "KTS118"}),
        ("Plate KTR 118, sorry, ends in 181", "plate", {"KTR118", "KTR181"}),
        ("plaque K83 VRD, attendez, VRB à la fin", "plate", {"K83VRD", "K83VRB"}),
        ("V3H 2K5, oops, 2N5", "postal-code", {"V3H2K5", "V3H2N5"}),
        ("IP 192.0.2.177, sorry, it ends in 171", "ip", {"192.0.2.177", "192.0.2.171"}),
        ("at 19 Coldwater Lane. Sorry, 91.", "address", {"19 coldwater ln", "91 coldwater ln"}),
        ("au 12 rue des Pins, non, c'est le 14", "address", {"12 rue des pins", "14 rue des pins"}),
        ("snap larch_bo1, the o is a zero", "handle", {"snapchat:larch_bo1", "snapchat:larch_b01"}),
        ("insta kite_l5, le l c'est un 1", "handle", {"instagram:kite_l5", "instagram:kite_15"}),
        ("plate KTR 118, no idea who owns it", "plate", {"KTR118"}),
        ("plate KTR 118, no, 3 doors", "plate", {"KTR118"}),
        ("IP 192.0.2.177, no, 3 times", "ip", {"192.0.2.177"}),
        ("IP 192.0.2.177. No 5 o'clock news.", "ip", {"192.0.2.177"}),
        ("19 Coldwater Lane. No, 3 people were there.", "address", {"19 coldwater ln"}),
        ("snap larch_bo1, the c is a joke", "handle", {"snapchat:larch_bo1"}),
        ("snap larch_bo1, he is a boy", "handle", {"snapchat:larch_bo1"}),
    ],
)
def test_a_code_put_right_in_one_part_is_told_both_ways(text, kind, told):
    assert {value for one, value in values(text) if one == kind} == told


def test_an_email_keeps_its_form_with_comments_and_quotation_marks():
    plain = {("email", "tom.fox@example.com")}
    assert values("write tom.fox(work)@example.com") == plain
    assert values("(work)tom.fox@example.com") == plain
    assert values('"tom.fox"@example.com') == plain
    assert values('"tom..fox"@example.com') == {("email", '"tom..fox"@example.com')}
    assert values("tom (work) example.com (at)") == {("url", "example.com")}


@pytest.mark.parametrize(
    "name",
    [
        "rené.hunter99",
        "rené-hunter99",
        "rené..hunter99",
        "hunter99.é",
        "hunter99_été",
        "hunter99.иван",
        "ж.hunter99",
        "loup.é.hunter_99",
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "son Snapchat est {}",
        "Instagram @{}",
        "pseudo : {}",
        "ajoute {} sur Kik",
        "un utilisateur Discord nommé {}",
    ],
)
def test_a_name_with_a_letter_of_another_writing_is_not_cut_to_another_persons(text, name):
    told = {one.value.partition(":")[2] for one in find_in_text(text.format(name), field="t")}
    assert told <= {name}


@pytest.mark.parametrize(
    "text",
    [
        "ajoute hunter_99 sur Snapchat.Écris vite",
        "son Snapchat est hunter_99.Écris vite",
        "son Snapchat a été changé : hunter_99",
        "son Snapchat est « hunter_99 », déjà",
        "son Snapchat est hunter_99... été comme hiver",
    ],
)
def test_a_letter_with_an_accent_nearby_takes_no_name_away(text):
    assert "snapchat:hunter_99" in {one.value for one in find_in_text(text, field="t")}

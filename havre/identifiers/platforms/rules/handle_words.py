"""The words and shapes around a name on a platform, in English and French."""

import re2

from havre.identifiers.platforms.rules.platforms import BY_WORD, MISSPELT
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.words import word_set

WINDOW = 90
"""How far from a platform's name, in characters, its user's name may stand."""
NEXT_LINES = 200
"""How far it may stand when a sentence or a line of a chat lies between."""

NOT_NAMES = word_set(
    "a about accepted account add added after again all also an and any app are as asked at aucun"
    " aussi avec back because before but by ca called ce chat come compte"
    " contact dans de depuis des"
    " dm du elle else en encore est et every for friend friends from game gave go group groupe had"
    " has he her here hers him his history how i if il ils in inconnu inconnue instead into is it"
    " its j je just la later le les live logs loves mais me message messages messenger mine moi mon"
    " music my n/a name named new next no nom non none not nothing now number of off oh ok okay on"
    " online only or other ou oui out par parce pas photo photos pour post posts private profile"
    " pseudo que qui quand request rien sa said screenshots se sees send sent she since so some son"
    " story sur that the their them then there they this through thru to today too tu un une"
    " unknown until up user username very video videos was we were what when where which while who"
    " will with yes you your puis il elle merci après avant"
)
NOT_TELLING = word_set(
    "airpods covid19 ebay e.g ebook etc facetime github i.e icloud imac imessage imessages"
    " ios ipad iphone iphones ipod itunes javascript linkedin macbook mcdonald mcdonalds n.d"
    " onlyfans paypal playstation powerpoint youtube whatsapp tiktok wifi xbox mid-2024 vs"
    " screenname displayname userid espuserid profileurl ipaddress bestfriend"
    " p.m a.m p.s u.s u.k d.o.b r.i.p gofundme airbnb airdrop nodejs"
    " opensea lol.he"
)
FILES = (
    ".avi", ".bak", ".csv", ".doc", ".docx", ".exe", ".gif", ".heic", ".htm", ".html", ".jpeg",
    ".jpg", ".js", ".json", ".log", ".m4a", ".mkv", ".mov", ".mp3", ".mp4", ".pdf", ".php", ".png",
    ".ppt", ".py", ".rar", ".txt", ".wav", ".webm", ".webp", ".xls", ".xlsx", ".xml", ".zip",
)  # fmt: skip

_NAME = (
    r"(?:live:[.A-Za-z0-9_]{3,40}"
    r"|[A-Za-z0-9_](?:[A-Za-z0-9_.\-]{0,38}[A-Za-z0-9_\-])?(?:#\d{4})?)"
)
SPACE = r"[ \t\x{00a0}\x{202f}]"
QUOTE = r"[\"'`*\x{2018}\x{2019}\x{201c}\x{201d}\x{00ab}\x{00bb}]"
_WHAT = (
    r"blog(?:ue)?|blog names?|page|accounts?|user ?names?|user ?ids?|user"
    r"|handle|tag|gamer ?tag|profile|screen ?name|nickname"
    r"|display name|name|id|channel|called|named|compte|pseudo|pseudonyme|identifiant|surnom"
    r"|nom d['\x{2019}]utilisateur|nom|utilisateur|utilisatrice|profil"
    r"|cha\x{ee}ne|appel\x{e9}e?|nomm\x{e9}e?"
)
_IS = (
    r"is|was|are|=|est|\x{e9}tait|its|it['\x{2019}]s|c['\x{2019}]est|cest|as"
    r"|under|au nom de|sous(?: le nom(?: de)?)?"
    r"|called|named|by"
)

PLATFORM = Pattern(
    r"(?i)(?:"
    + "|".join(
        sorted(
            map(re2.escape, (*BY_WORD, *MISSPELT)),
            key=len,
            reverse=True,
        )
    )
    + ")"
)

# Shapes that people make up: an underscore, a digit beside a letter, a capital inside, a dot.
_W = r"[A-Za-z0-9_.\-]"
TOKEN = Pattern(
    rf"[@$\x{{ff20}}]?{_W}*(?:_|[A-Za-z][.\-]?\d|\d[.\-]?[A-Za-z]|[a-z][A-Z]|[A-Za-z]\.[A-Za-z])"
    rf"{_W}*(?:\x{{23}}\d{{4}})?"
    rf"|[@$\x{{ff20}}]{_W}+(?:\x{{23}}\d{{4}})?|[A-Za-z]{_W}*\x{{23}}\d{{4}}|live:{_W}+"
)
SPOKEN = Pattern(
    r"(?i)[a-z0-9]+(?: (?:underscore|under score|tiret bas|tiret du bas|soulign\x{e9}"
    r"|barre de soulignement|barre en bas|trait de soulignement) [a-z0-9]+)+"
    r"(?: (?:dot|point) [a-z0-9]+)?(?: \d{1,4})?"
)
SPELLED = Pattern(r"(?i)\b(?:[a-z0-9_.] ){4,30}[a-z0-9_]\b")
ACCOUNT_NEXT = Pattern(r"(?i)^ (?:account|user|handle|profile|compte|profil|page)")
USER = Pattern(
    r"(?i)(?:user|utilisateur|utilisatrice|blog|blogue|streamer|channel|player"
    r"|joueur|joueuse|cha\x{ee}ne|as|sous)[ \x{a0}]*$"
)
DOTS_ALOUD = Pattern(r"(?i)[a-z0-9]+(?: (?:dot|point|period) [a-z0-9]+){1,4}")
CALLED = Pattern(
    rf"(?i)^[^.!?@\n]{{0,30}}[\s,](?:called|named|goes by|known as"
    rf"|s['\x{{2019}}]appell?e|appel\x{{e9}}e?|nomm\x{{e9}}e?)"
    rf"{SPACE}{QUOTE}?(?P<name>{_NAME})"
)
AS_DIGITS = Pattern(r"(?i)(?:number|digit|num\x{e9}ro|chiffre)")
ALONE_BEFORE = Pattern(r"(?:^|\n|[:>\]=] ?| [\-\x{2013}] )[ \t]*$")
LIST_GLUE = word_set("& , / + | and et or ou then puis ;")
SAID_UNDERSCORE = Pattern(
    r"(?i) (?:underscore|under score|tiret bas|tiret du bas|soulign\x{e9}|barre de soulignement"
    r"|barre en bas|trait de soulignement) "
)

AFTER = Pattern(
    rf"(?i)^{SPACE}{{0,2}}(?P<what>(?:(?:{_WHAT}){SPACE}{{0,2}}){{0,3}})"
    rf"(?P<mark>(?:[:=(>\-\x{{2013}}\x{{2014}}]|(?:{_IS}){SPACE}|){SPACE}{{0,2}})"
    rf"{QUOTE}?{SPACE}?(?P<name>{_NAME})"
)
QUOTED = Pattern(
    rf"(?i)^{SPACE}{{0,2}}(?:(?:{_WHAT}|of|de|{_IS}|[:=(\-]){SPACE}{{0,2}}){{1,4}}"
    r"[\"\x{201c}\x{00ab}]\s?(?P<name>[^\"\x{201d}\x{00bb}\n@]{3,40}?)\s?[\"\x{201d}\x{00bb}]"
)
QUOTED_AS = Pattern(
    rf"(?i)^[^.!?\n\"\x{{201c}}\x{{ab}}]{{0,30}}{SPACE}(?:as|under|called|named"
    rf"|sous|au nom de|c['\x{{2019}}]est|is|est)"
    rf"{SPACE}[\"\x{{201c}}\x{{00ab}}]{SPACE}?(?P<name>[^\"\x{{201d}}\x{{00bb}}\n@]{{3,30}}?){SPACE}?[\"\x{{201d}}\x{{00bb}}]"
)
SPACED = Pattern(
    rf"(?i:gamer ?tag|xbox(?: live)?)(?:{SPACE}?(?i::|on|sur|xbox(?: live)?|is"
    rf"|was|est|\x{{e9}}tait|called"
    rf"|gamer ?tag|=)){{0,4}}{SPACE}"
    rf"(?P<name>[A-Z][A-Za-z]+(?:{SPACE}[A-Z][A-Za-z]+){{0,2}}{SPACE}\d{{1,5}})"
)
BEFORE = Pattern(
    rf"(?i)(?:^|[^\p{{L}}\p{{N}}_@.\-])"
    rf"(?P<intro>(?:(?:goes by|go by|went by|named|called|known as|user|username"
    rf"|handle|pseudo|account|compte"
    rf"|s['\x{{2019}}]appelle|appel\x{{e9}}e?|nomm\x{{e9}}e?|sous le nom de"
    rf"|se fait appeler|utilisateur)"
    rf"{SPACE}(?:is |est |de )?|){QUOTE}?{SPACE}?)"
    rf"(?P<name>{_NAME}){SPACE}?{QUOTE}?,?{SPACE}{{0,2}}"
    rf"\(?(?:on|sur|via|in|dans){SPACE}(?:(?:his|her|my|their|son|the|le|mon){SPACE})?$"
)
ON = ("on", "sur", "via", "in", "dans", "from", "over", "at")
FAR = Pattern(
    rf"(?i)^[^.!?@\n]{{0,50}}?[\s,;(\x{{00a0}}](?:user ?name|screen ?name|handle"
    rf"|tag|gamer ?tag|account|pseudo"
    rf"|identifiant|nom d['\x{{2019}}]utilisateur|compte|name|nom){SPACE}(?:{_IS}|:){SPACE}?"
    rf"{QUOTE}?{SPACE}?(?P<name>{_NAME})"
)
QUOTED_BEFORE = Pattern(
    r"[\"\x{201c}\x{00ab}]\s?(?P<name>[^\"\x{201d}\x{00bb}\n@]{3,40}?)\s?[\"\x{201d}\x{00bb}]"
    r"[^\"\x{201c}\x{00ab}.!?\n]{0,40}$"
)
ENDS_WITH_ON = Pattern(
    r"(?i)(?:^|[ (,])(?:on|sur|via|in"
    r"|dans)[ \x{a0}](?:(?:his|her|my|their|son|the|le|mon) )?$"
)
GLUE_BEFORE = word_set(
    "on sur via in dans from over at his her my their the son sa mon ma le la l de a account user"
)
ORDINARY = Pattern(
    r"(?i)\d{1,4}(?:h\d{0,2}|am|pm|st|nd|rd|th|er|re|e|s|k|x\d{1,4}|v\d|yo|y|yr"
    r"|yrs|ans?|m|f|min|hrs?|mb|gb|km|cm"
    r"|-\d.*|-?years?-?.*|-?yr-?.*|-?ans-?.*|p)"
    r"|(?:grade|gr|age|room|u|k|gta|ps|covid|mp|iphone|ipad|galaxy|s|a|b|c|sec"
    r"|t|v|h|l|level|lvl|hwy|q)[\-.]?\d{1,3}[a-z]?"
    r"|[a-z]\d[a-z][ \-]?\d[a-z]\d|[a-z]\.(?:[a-z]\.?)*|\d+\.\d+[a-z]?"
    r"|\d{4}-\d{2}-\d{2}t.*|v\d[\d.]*"
    r"|(?-i:(?:Mr|Mrs|Ms|Dr|St|No)\.[A-Z][a-z]+)|\d+[a-z]{1,2}\d*"
)
SURE_SHAPE = Pattern(
    r"_|\x{23}\d{4}|[A-Za-z]{2}[\w.\-]*\d{1,}|[A-Za-z]\d[\w.\-]{3,}|[a-z][A-Z][a-z]"
)
INTRODUCED = Pattern(
    rf"(?i)(?:user ?names?|screen ?names?|handles?|gamer ?tags?|nick ?names?"
    rf"|pseudos?|pseudonymes?|identifiants?"
    rf"|nom d['\x{{2019}}]utilisateur|usager|go(?:es)? by|went by|known as"
    rf"|sous le nom de|se fait appeler|add me at"
    rf"|user|utilisateur|utilisatrice)"
    rf"(?:{SPACE}?(?::|=|is|was|est|\x{{e9}}tait|of|de|the|called|named"
    rf"|changed to|pr\x{{e9}}c\x{{e9}}dent|\x{{2013}}|-))*"
    rf"{SPACE}?{QUOTE}?{SPACE}?$"
)
LABEL_AT_END = Pattern(
    rf"(?i)(?:^|[^\p{{L}}])(?:{_WHAT}|{_IS}|[:=(\-\x{{2013}}]){SPACE}?{QUOTE}?{SPACE}?$"
)
SENTENCE_END = Pattern(r"[.!?](?:\s|\x{00a0}|[\"\x{201d}\x{bb}]\s)|[\n\r;]")
SPEAKER_BEFORE = Pattern(
    r"(?:^|\n)[ \t]*(?:[\[(]?\d{1,2}[:h]\d{2}(?::\d{2})?(?: ?[APap][Mm])?[\])]?[ \-]*)?[<*]?$"
)

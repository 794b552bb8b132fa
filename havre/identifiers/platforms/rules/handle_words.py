"""The words and shapes around a name on a platform, in English and French."""

import re2

from havre.identifiers.platforms.rules.platforms import BY_WORD, MISSPELT, words_of
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.words import word_set

WINDOW = 90
"""How far from a platform's name, in characters, its user's name may stand."""
NEXT_LINES = 200
"""How far it may stand when a sentence or a line of a chat lies between."""

NOT_NAMES = words_of("not_names.txt")
NOT_TELLING = words_of("not_telling.txt")
FILES = (
    ".avi", ".bak", ".csv", ".doc", ".docx", ".exe", ".gif", ".heic", ".htm", ".html", ".jpeg",
    ".jpg", ".js", ".json", ".log", ".m4a", ".mkv", ".mov", ".mp3", ".mp4", ".pdf", ".php", ".png",
    ".ppt", ".py", ".rar", ".txt", ".wav", ".webm", ".webp", ".xls", ".xlsx", ".xml", ".zip",
)  # fmt: skip

NAME = (
    r"(?:live:[.A-Za-z0-9_]{3,40}"
    r"|[A-Za-z0-9_](?:[A-Za-z0-9_.\-]{0,38}[A-Za-z0-9_\-])?(?:#(?:\d{4}|[A-Z0-9]{3,5}))?)"
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
    r"is|was|are|c|=|est|\x{e9}tait|its|it['\x{2019}]s|c['\x{2019}]est|cest|as"
    r"|under|au nom de|sous(?: le nom(?: de)?)?"
    r"|called|named|by"
)

# No platform begins within a word; a picture or a letter of its own may stand anywhere.
_PLATFORMS = sorted((*BY_WORD, *MISSPELT), key=len, reverse=True)
_WIDE = {"k": r"(?:\bk|\x{212a})", "s": r"(?:\bs|\x{17f})"}  # capitals beyond ASCII


def _beginning_with(first: str) -> str:
    """The platforms with a first letter in one group: apart they make a large machine of it."""
    rests = "|".join(re2.escape(word[1:]) for word in _PLATFORMS if word[0] == first)
    begin = rf"\b{first}" if first.isascii() and first.isalnum() else re2.escape(first)
    return f"{_WIDE.get(first, begin)}(?:{rests})"


PLATFORM = Pattern(
    f"(?i)(?:{'|'.join(map(_beginning_with, sorted({word[0] for word in _PLATFORMS})))})"
)
# In the few letters before a name said aloud a part of a word is enough.
PART_OF_A_PLATFORM = Pattern(f"(?i)(?:{'|'.join(map(re2.escape, _PLATFORMS))})")

# Shapes that people make up: an underscore, a digit beside a letter, a capital inside, a dot.
_W = r"[A-Za-z0-9_.\-]"
TOKEN = Pattern(
    rf"[@$\x{{ff20}}]?{_W}*(?:_|[A-Za-z][.\-]?\d|\d[.\-]?[A-Za-z]|[a-z][A-Z]|[A-Za-z]\.[A-Za-z])"
    rf"{_W}*(?:\x{{23}}\d{{4}})?"
    rf"|[A-Za-z]{{2,30}}(?:-[A-Za-z]{{2,30}})+"
    rf"|[@$\x{{ff20}}]{_W}+(?:\x{{23}}\d{{4}})?|[A-Za-z]{_W}*\x{{23}}(?:\d{{4}}|[A-Z0-9]{{3,5}})|live:{_W}+"
)
_AS_IN = r"(?:,? (?:comme|as in|like|for) [a-z\x{e0}-\x{ff}\-]+)?"
SPELLED = Pattern(
    r"(?i)\b(?:(?:[a-z0-9_.] ){4,}|(?:[a-z0-9_]-){3,}"
    rf"|(?:[a-z0-9_]{_AS_IN}, ?){{4,}})[a-z0-9_]{_AS_IN}\b"
)
AS_IN = Pattern(r"(?i),? (?:comme|as in|like|for) [a-z\x{e0}-\x{ff}\-]+")
BETWEEN_LETTERS = Pattern(r"[ ,\-]")
BY_LETTERS = Pattern(r"[A-Za-z0-9_](?:-[A-Za-z0-9_]){3,30}")
ACCOUNT_NEXT = Pattern(r"(?i)^ (?:account|user|handle|profile|compte|profil|page|dms?\b)")
USER = Pattern(
    r"(?i)(?:user|utilisateur|utilisatrice|blog|blogue|streamer|channel|player"
    r"|joueur|joueuse|cha\x{ee}ne|as|sous)[ \x{a0}]*$"
)
CALLED = Pattern(
    rf"(?i)^(?P<between>[^.!?@\n]{{0,30}})[\s,](?:called|named|known as|(?P<by>goes by)"
    rf"|s['\x{{2019}}]app(?:ell?e|elait)|se nomme|appel\x{{e9}}e?|nomm\x{{e9}}e?)"
    rf"{SPACE}{QUOTE}?(?P<name>{NAME})"
)
AS_DIGITS = Pattern(r"(?i)(?:number|digit|num\x{e9}ro|chiffre)")
ALONE_BEFORE = Pattern(r"(?:^|\n|[:>\]=] ?| [\-\x{2013}] )[ \t]*$")
QUOTED_WORD = Pattern(
    r"[\"\x{201c}\x{ab}][ \x{a0}\x{202f}]?(?P<name>[a-z][a-z0-9]{4,29})["
    r" \x{a0}\x{202f}]?[\"\x{201d}\x{bb}]"
)
# "his snap is maple fox twenty two, all one word": a name said with spaces that it does not have.
AS_ONE = Pattern(
    r"(?i)(?:\b(?:is|was|its|est|c|as|sous|under|name|pseudo|handle|username|called|named)|[:=]"
    r"|it['\x{2019}]s|(?:she|he|they)['\x{2019}]?(?:s|re)|i['\x{2019}]?m|suis"
    r"|c['\x{2019}]est|nomm\x{e9}|appel\x{e9})[ \x{a0},]+[\"\x{ab}\x{201c}]?[ \x{a0}]?"
    r"(?P<words>[a-z0-9\x{e0}-\x{ff}\-]{2,20}(?:[ ][a-z0-9\x{e0}-\x{ff}\-]{1,20}){1,4})"
    r"[ \x{a0}]?[\"\x{bb}\x{201d}]?[ \x{a0},(\-\x{2013}\x{2014}]+(?:it['\x{2019}]s "
    r"|c['\x{2019}]est |all |tout |le tout |written |\x{e9}crit |as |in |en )*"
    r"(?:one word|together|un(?: seul)? mot|attach\x{e9}|no spaces?|sans espaces?)"
)
POSSESSIVE = Pattern(
    r"(?i)(?:\b(?:his|her|their|my|son|mon|ton|leur|ur|your)|['\x{2019}]s)"
    r"(?:[ \x{a0}](?:old|new|other|main|autre|nouveau|vieux))?[ \x{a0}]$"
)
BY_HYPHEN = Pattern(r"(?i)[a-z]{2,}(?:-[a-z]{2,})+")
ORDINARY_PARTS = words_of("ordinary_parts.txt")
LIST_LINE = Pattern(r"(?:^|\n)[ \t]*(?:[\-*\x{2022}\x{b7}\x{2013}>]|\d{1,2}[.)])[ \t]+$")
LISTED_SIBLING = Pattern(
    r"(?i)(?:^|\n)[ \t]*(?:[\-*\x{2022}\x{b7}\x{2013}>]|\d{1,2}[.)])[ \t]+[a-z\-]{2,12}["
    r" \t:=]+[^\s]*[\d_@]"
)
LISTED = Pattern(rf"^[ \t:=\-]{{1,3}}(?P<name>{NAME})[ \t]*(?:\([^)\n]{{1,20}}\)[ \t]*)?(?:\n|$)")
IS_NAME = Pattern(
    rf"(?i)^{SPACE}?(?:(?:user ?name|name|account|handle|id|nom|compte|pseudo){SPACE})?"
    rf"(?:is|was|est|\x{{e9}}tait|c['\x{{2019}}]est|cest|c|its|it['\x{{2019}}]s|=|:){SPACE}"
    rf"{QUOTE}?{SPACE}?(?P<name>{NAME})"
)
BESIDE_PAYMENT = Pattern(rf"^{SPACE}(?P<name>{NAME})")
APPOSED = Pattern(
    r"^(?P<between>[^.!?\n;:\"\x{201c}\x{ab}]{0,50},)[ \x{a0}][\"\x{201c}\x{ab}][ \x{a0}\x{202f}]?"
    rf"(?P<name>{NAME})[ \x{{a0}}\x{{202f}}]?[\"\x{{201d}}\x{{bb}}],"
)
SAYS = Pattern(
    r"(?i)(?:^|[^a-z\x{e0}-\x{ff}])(?:said|says|wrote|writes|asked|told|replied|sent|dit|disait"
    r"|\x{e9}crit"
    r"|\x{e9}crivait|demand\x{e9}"
    r"|r\x{e9}pond|envoy\x{e9}|message|titre|titled|intitul)"
)
SPEAKS = Pattern(rf"{SAYS.pattern}[ \x{{a0}}]?[a-z]{{0,4}}[ \x{{a0}}]?[:,]?[ \x{{a0}}]?$")
LIST_GLUE = word_set("& , / + | and et or ou then puis ;")
AFTER = Pattern(
    rf"(?i)^{SPACE}{{0,2}}(?P<what>(?:(?:{_WHAT}){SPACE}{{0,2}}){{0,3}})"
    rf"(?P<mark>(?:[:=(>\-\x{{2013}}\x{{2014}}]|(?:{_IS}){SPACE}|){SPACE}{{0,2}})"
    rf"{QUOTE}?{SPACE}?(?P<name>{NAME})"
)
QUOTED = Pattern(
    rf"(?i)^{SPACE}{{0,2}}(?:(?:{_WHAT}|of|de|{_IS}|[:=(\-]){SPACE}{{0,2}}){{1,4}}"
    r"[\"\x{201c}\x{00ab}]\s?(?P<name>[^\"\x{201d}\x{00bb}\n@]{3,40}?)\s?[\"\x{201d}\x{00bb}]"
)
# "« river » tiret bas « nine »".
JOINED = Pattern(
    r"(?i)^[ \x{a0}]?[\"\x{201d}\x{bb}][ \x{a0}](?:(?P<under>underscore|tiret (?:du )?bas"
    r"|soulign\x{e9}|barre de soulignement)|(?P<dot>dot|point)|dash|hyphen|tiret)[ \x{a0}]"
    rf"[\"\x{{201c}}\x{{ab}}][ \x{{a0}}]?(?P<more>{NAME})[ \x{{a0}}]?[\"\x{{201d}}\x{{bb}}]"
)
# "river underscore nine" in quotation marks is read sign by sign.
SIGN_SAID = Pattern(r"(?i)[ ](?:underscore|tiret|dash|hyphen|point|dot|arobase|barre)[ ]")
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
    rf"|se fait appeler|utilisateur|it['\x{{2019}}]s|its|c['\x{{2019}}]est|cest|i['\x{{2019}}]m"
    rf"|je suis"
    rf"|add(?: me)?|ajoute(?:[ \-]moi)?|find me|trouve[ \-]moi|signs? as|signait|posts? as"
    rf"|nickname|surnom|identifiant|se nomme|le pseudo|profil|page|channel|cha\x{{ee}}ne)"
    rf"{SPACE}(?:is |est |de )?|){QUOTE}?{SPACE}?)"
    rf"(?P<name>{NAME}){SPACE}?{QUOTE}?,?{SPACE}{{0,2}}"
    rf"\(?(?:on|sur|via|in|dans){SPACE}(?:(?:his|her|my|their|son|the|le|mon){SPACE})?$"
)
SURE_INTRO = Pattern(
    r"(?i)^(?:goes|go|went|named|called|known|user|handle|pseudo|account|compte|s['\x{2019}]app"
    r"|appel|nomm|sous|se fait|utilisateur)"
)
ON = ("on", "sur", "via", "in", "dans", "from", "over", "at", "for", "pour")
FAR = Pattern(
    rf"(?i)^[^.!?@\n]{{0,50}}?[\s,;(\x{{00a0}}](?:user ?name|screen ?name|handle"
    rf"|tag|gamer ?tag|account|pseudo"
    rf"|identifiant|nom d['\x{{2019}}]utilisateur|compte|name|nom){SPACE}(?:{_IS}|:){SPACE}?"
    rf"{QUOTE}?{SPACE}?(?P<name>{NAME})"
)
QUOTED_BEFORE = Pattern(
    r"[\"\x{201c}\x{00ab}]\s?(?P<name>[^\"\x{201d}\x{00bb}\x{201c}\x{ab},\n@]{3,40}?)\s?[\"\x{201d}\x{00bb}]"
    r"[^\"\x{201c}\x{00ab}.!?\n;]{0,40}$"
)
ENDS_WITH_ON = Pattern(
    r"(?i)(?:^|[ (,])(?:on|sur|via|in"
    r"|dans)[ \x{a0}](?:(?:his|her|my|their|son|the|le|mon) )?$"
)
GLUE_BEFORE = word_set(
    "on sur via in dans from over at for pour his her my their the son sa mon ma le la l de a"
    " account user"
)
ORDINARY = Pattern(
    r"(?i)\d{1,4}(?:h\d{0,2}|am|pm|st|nd|rd|th|er|re|e|s|k|x\d{1,4}|v\d|yo|y|yr"
    r"|yrs|ans?|m|f|min|hrs?|mb|gb|km|cm"
    r"|-\d.*|-?years?-?.*|-?yr-?.*|-?ans-?.*|p)"
    r"|(?:grade|gr|age|room|u|k|gta|ps|covid|mp|iphone|ipad|galaxy|s|a|b|c|sec"
    r"|t|v|h|l|level|lvl|hwy|q)[\-.]?\d{1,3}[a-z]?"
    r"|[a-z]\d[a-z][ \-]?\d[a-z]\d|[a-z]\.(?:[a-z]\.?)*|\d+\.\d+[a-z]?"
    r"|(?:img|dscn?|vid|pxl|mvimg|screenshot|capture)[_\-]?\d.*|\d{1,3}-(?:for|to|on|by|of|in"
    r"|sur|de|a|et|pour)-\d+"
    r"|\d{4}-\d{2}-\d{2}t.*|v\d[\d.]*"
    r"|(?:sha|md|aes|utf|rsa|iso|crc|mpeg|wpa|tls|ssl|ipv|usb|hevc|bcrypt|des)[\-_]?\d{1,4}"
    r"|(?-i:(?:Mr|Mrs|Ms|Dr|St|No)\.[A-Z][a-z]+)|\d+[a-z]{1,2}\d*"
)
SURE_SHAPE = Pattern(
    r"_|\x{23}\d{4}|[A-Za-z]{2}[\w.\-]*\d{1,}|[A-Za-z]\d[\w.\-]{3,}|[a-z][A-Z][a-z]"
)
INTRODUCED = Pattern(
    rf"(?i)(?:user ?names?|screen ?names?|handles?|gamer ?tags?|nick(?: ?names?)?|login"
    rf"|pseudos?|pseudonymes?|identifiants?"
    rf"|nom d['\x{{2019}}]utilisateur|usager|go(?:es)? by|went by|known as"
    rf"|sous le nom de|se fait appeler|add me at|a\.?k\.?a\.?|alias|surnoms?"
    rf"|user|utilisateur|utilisatrice)"
    rf"(?:{SPACE}?(?::|=|\?|is|was|est|\x{{e9}}tait|of|de|the|called|named|on|sur|forum|site|app"
    rf"|jeu|game|there|là"
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

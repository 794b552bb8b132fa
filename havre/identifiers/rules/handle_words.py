"""The words and shapes around a name on a platform, in English and French."""

import re2

from havre.identifiers.rules.platforms import PLATFORMS
from havre.identifiers.rules.words import word_set

WINDOW = 90
"""How far from a platform's name, in characters, its user's name may stand."""

NOT_NAMES = word_set(
    "a account add also an and app aucun aussi avec because but by ca chat compte dans de des dm"
    " elle est et for friend friends from game group groupe he her here him his i il ils in inconnu"
    " inconnue is it its je la le les mais me message messages moi mon my n/a name no nom non none"
    " not nothing of ok okay on or ou oui out par pas post posts private profile pseudo que qui"
    " rien sa see she since so son story that the their them then they this to tu un une"
    " unknown user username video videos was we were what when where which who with yes you your"
)

_NAME = (
    r"(?:live:[.A-Za-z0-9_]{3,40}"
    r"|[A-Za-z0-9_](?:[A-Za-z0-9_.\-]{0,38}[A-Za-z0-9_\-])?(?:#\d{4})?)"
)
_SPACE = r"[ \t\x{00a0}\x{202f}]"
_QUOTE = r"[\"'`\x{2018}\x{2019}\x{201c}\x{201d}\x{00ab}\x{00bb}]"
_WHAT = (
    r"accounts?|user ?names?|user ?ids?|user|handle|tag|gamer ?tag|profile|screen ?name|nickname"
    r"|name|id|channel|called|named|compte|pseudo|pseudonyme|identifiant"
    r"|nom d['\x{2019}]utilisateur|nom|utilisateur|utilisatrice|profil"
    r"|cha\x{ee}ne|appel\x{e9}e?|nomm\x{e9}e?"
)
_IS = r"is|was|are|=|est|\x{e9}tait"

PLATFORM = re2.compile(
    r"(?i)(?:"
    + "|".join(
        sorted(
            (re2.escape(word) for p in PLATFORMS for word in (*p.words, *p.short)),
            key=len,
            reverse=True,
        )
    )
    + ")"
)
AFTER = re2.compile(
    rf"(?i)^{_SPACE}{{0,2}}(?P<what>(?:(?:{_WHAT}){_SPACE}{{0,2}}){{0,2}})"
    rf"(?P<mark>(?:[:=(>\-\x{{2013}}\x{{2014}}]|(?:{_IS}){_SPACE}|){_SPACE}{{0,2}})"
    rf"{_QUOTE}?{_SPACE}?(?P<sigil>@|\$|u/|)(?P<name>{_NAME})"
)
BEFORE = re2.compile(
    rf"(?i)(?:^|[^\p{{L}}\p{{N}}_@.\-])"
    rf"(?P<intro>(?:(?:goes by|go by|named|called|known as|username|pseudo|s['\x{{2019}}]appelle"
    rf"|appel\x{{e9}}e?|nomm\x{{e9}}e?|sous le nom de)"
    rf"{_SPACE}(?:is |est |de )?|){_QUOTE}?{_SPACE}?)"
    rf"(?P<sigil>@|)(?P<name>{_NAME}){_SPACE}?{_QUOTE}?,?{_SPACE}{{0,2}}"
    rf"\(?(?:on|sur|via|in|dans){_SPACE}(?:(?:his|her|my|their|son|the|le|mon){_SPACE})?$"
)
FAR = re2.compile(
    rf"(?i)^[^.!?@]{{0,60}}?[\s,;(\x{{00a0}}]"
    rf"(?:(?:he|she|it|name|tag|username|handle|gamertag|account|il|elle|pseudo|compte|nom){_SPACE}"
    rf"(?:{_IS})|its|it['\x{{2019}}]s|named|called|c['\x{{2019}}]est|s['\x{{2019}}]appelle"
    rf"|appel\x{{e9}}e?|nomm\x{{e9}}e?|le sien,?|la sienne,?|gave his,?|gave hers,?)"
    rf"{_SPACE}{{1,2}}{_QUOTE}?{_SPACE}?(?P<sigil>@|)(?P<name>{_NAME})"
)
BARE_AT = re2.compile(rf"@(?P<name>{_NAME})")
TELLING = re2.compile(r"\d|_|#|[a-z][A-Z]")
TIME_OR_ORDINAL = re2.compile(r"(?i)\d{1,4}(?:h\d{0,2}|am|pm|st|nd|rd|th|er|e|s|x\d{1,4}|-\d.*)?")

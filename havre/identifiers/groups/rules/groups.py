"""Groups and servers by name, and the numbers of servers, games and accounts."""

import unicodedata
from collections.abc import Iterator
from itertools import islice

from havre.identifiers.platforms.rules.candidates import Named
from havre.identifiers.platforms.rules.handles import normal_account
from havre.identifiers.platforms.rules.platforms import BY_ID, platform_id
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.spans import MOST_IN_ONE_TEXT, stands_alone
from havre.identifiers.rules.words import Found, Kind, word_set

LONGEST = 120
NEAR = 60
AROUND = " \"'\u00ab\u00bb\u201c\u201d.,:"

_S = r"[ \t\x{a0}\x{202f}]"
_GROUP = (
    (
        r"(?:group{0,1}s?(?:{S}?chats?)?|gc|servers?|channels?|clans?|guilds?"
        r"|communit(?:y|ies)|chat{S}?rooms?"
        r"|groupes?(?:{S}de{S}(?:discussion|chat|clavardage))?|serveurs?"
        r"|salons?|canal|canaux|cha\x{ee}nes?"
        r"|communaut\x{e9}s?|guildes?|forums?|lobby|rooms?)"
    )
    .replace("{S}", r"[ \t\x{a0}]")
    .replace("group{0,1}", "group")
)
_CALLED = (
    r"(?:called|named|titled|known{S}as|appel\x{e9}e?|nomm\x{e9}e?"
    r"|intitul\x{e9}e?|s['\x{2019}]appell?e|s['\x{2019}]appelait"
    r"|du{S}nom{S}de|name)"
).replace("{S}", r"[ \t\x{a0}]")
_OPEN, _CLOSE = r"[\"\x{201c}\x{ab}]", r"[\"\x{201d}\x{bb}]"
_TITLE = r"[^\"\x{201c}\x{201d}\x{ab}\x{bb}\n]{2,60}?"
_WORD = r"[A-Z0-9\x{c0}-\x{de}][\w\x{c0}-\x{ff}'\x{2019}\-]*"
QUOTED = Pattern(
    rf"(?i){_GROUP}(?:{_S}+[\w\x{{c0}}-\x{{ff}}'\x{{2019}}]+){{0,4}}{_S}*[,:(]?{_S}*{_OPEN}{_S}?(?P<name>{_TITLE}){_S}?{_CLOSE}"
)
QUOTED_BEFORE = Pattern(
    rf"(?i){_OPEN}{_S}?(?P<name>{_TITLE}){_S}?{_CLOSE}{_S}(?:[\w]+{_S}){{0,2}}{_GROUP}"
)
CALLED = Pattern(
    rf"(?i:{_GROUP}(?:{_S}+(?:on|sur|in|chat|[a-z]+)){{0,3}}{_S}+(?:(?:is|was"
    rf"|that{_S}is|qui|est|\x{{e9}}tait){_S}+){{0,2}}{_CALLED}(?:{_S}(?:is"
    rf"|was|est))?{_S}*:?{_S}+)"
    rf"(?P<name>{_WORD}(?:{_S}(?:{_WORD}|of|the|and|de|du|des|la|le|les|et)){{0,5}})"
)
NAMED = Pattern(
    rf"(?i:(?:group|server|guild|clan|channel|groupe|serveur|guilde"
    rf"|salon){_S}(?:name|title)|nom{_S}d(?:u|e{_S}la){_S}(?:groupe|serveur"
    rf"|salon|clan|guilde)){_S}?(?:[:=]|(?i:is|was"
    rf"|est)){_S}*(?P<name>[^\n.,;:\"@]{{3,60}})"
)
UNDER = Pattern(r"(?i)[ \x{a0}](?:as|sous|under|par|by|dit|said|says|wrote)[ \x{a0}]")
LAST_LINK = Pattern(r"(?:[ \t](?:of|the|and|de|du|des|la|le|les|et))+$")

NUMBERED = Pattern(
    rf"(?i)(?P<before>(?:[a-z\x{{e0}}-\x{{ff}}]+{_S}|\){_S}?|['\x{{2019}}]s{_S}){{0,3}})"
    rf"(?:ids?|uid|userid|identifiant|code|key|cl\x{{e9}}|num\x{{e9}}ro|number)"
    rf"(?P<after>(?:{_S}(?:d['\x{{2019}}]|l['\x{{2019}}])?[a-z\x{{e0}}-\x{{ff}}]+){{0,4}}?)"
    rf"{_S}?(?:[:=#(]|n\x{{b0}}|is|was|est|\x{{e9}}tait"
    rf"|)?{_S}{{0,2}}[\"`]?(?P<id>[A-Za-z_\[:\-]{{0,39}}\d[A-Za-z0-9_:\-\]]{{1,39}}"
    r"|(?-i:[A-Z]{4,12}(?:-[A-Z]{4,12}){0,3}))"
)
SERVER_WORDS = word_set(
    "game games group groupe guild guilde guildes jeu jeux lieu lobby match"
    " monde partie parties place realm room"
    " salle salon serveur serveurs server servers session universe univers"
    " world lounge party clan channel canal"
    " privé private"
)
ACCOUNT_WORDS = word_set(
    "account compte friend joueur member player profile profil user utilisateur utilisatrice steam"
    " d'utilisateur utilisateurs userid uid numeric numérique"
)
OTHER_WORDS = word_set(
    "apple area case cheque dossier driver employee error file invoice"
    " incident order permit plaque plate phone post postal postcode"
    " promo report referral student tax ticket tracking vehicle zip téléphone"
    " billet commande facture suivi postaux esp ncmec"
    " verification vérification dress source country pin"
)
APART = Pattern(r"['\x{2019}()]")
DIGITS = Pattern(r"\d{5,20}")
SERVER_ID = Pattern(r"(?i)[a-z0-9][a-z0-9_\-]*\d[a-z0-9_\-]*|[A-Z]{4,12}(?:-[A-Z]{4,12})*")
STEAM = Pattern(r"(?i)STEAM_[0-5]:[01]:\d{3,12}|\[U:1:\d{3,12}\]")
YOUTUBE = Pattern(r"UC[A-Za-z0-9_\-]{22}")


def normal_group(value: str, *, platform: str = "") -> str | None:
    """The form "platform:name" in small letters, spaces single; None when nothing is left."""
    said = unicodedata.normalize("NFC", unicodedata.normalize("NFC", value).lower())
    owner, name = _owner(said, platform)
    name = unicodedata.normalize("NFC", " ".join(name.split()).strip(AROUND))
    has_letters = sum(char.isalnum() for char in name) > 1
    printable = all(unicodedata.category(char)[0] != "C" for char in name)
    return f"{owner}:{name}" if has_letters and printable and len(name) <= LONGEST else None


def normal_server(value: str, *, platform: str = "") -> str | None:
    """The form "platform:number", the number exactly as given; None when it is none."""
    owner, number = _owner(value.strip(), platform)
    fits = 2 < len(number) <= LONGEST and number.isascii() and number.isprintable()  # noqa: PLR2004
    return f"{owner}:{number}" if fits and not {" ", ":"} & set(number) else None


def _owner(said: str, platform: str) -> tuple[str, str]:
    """The platform said in front, else the one given when it is on our list, and the rest."""
    owner, colon, rest = said.partition(":")
    if colon and owner in {"", *BY_ID}:
        return owner, rest
    given = platform_id(platform)
    return (given if given in BY_ID else ""), said


def find_groups(text: str, named: list[Named]) -> Iterator[Found]:
    """The groups, channels and servers a text calls by name."""
    for pattern in (QUOTED, QUOTED_BEFORE, CALLED, NAMED):
        for match in islice(pattern.finditer(text), MOST_IN_ONE_TEXT):
            start, end = match.span("name")
            raw = LAST_LINK.sub("", text[start:end]).rstrip()
            end = start + len(raw)
            if text[match.start() - 1 : match.start()].isalnum() and match.start():
                continue
            platform = platform_near(text, match.start(), match.end(), named)
            if pattern is QUOTED and UNDER.search(text[match.start() : start]):
                continue
            if not {":", "@"} & set(raw):
                yield from _found(Kind.GROUP, text, (start, end), "group.called", platform)


def find_numbered(text: str, named: list[Named]) -> Iterator[Found]:
    """The numbers that name a server, a game or an account, where the text says which."""
    for match in islice(NUMBERED.finditer(text), MOST_IN_ONE_TEXT):
        start, end = match.span("id")
        raw = text[start:end].rstrip("-:_")
        words = set(APART.sub(" ", f"{match['before']} {match['after']}".lower()).split())
        end = start + len(raw)
        if words & OTHER_WORDS or not stands_alone(text, start, end, not_after="@_"):
            continue
        platform = platform_near(text, match.start(), end, named)
        yield from _numbered(text, (start, end), words, platform)
    for pattern, platform in ((STEAM, "steam"), (YOUTUBE, "youtube")):
        found = pattern.finditer(text) if platform == "youtube" or ":" in text else ()
        for match in islice(found, MOST_IN_ONE_TEXT):
            start, end = match.span()
            if stands_alone(text, start, end, not_before="_-/", not_after="_-"):
                yield from _found(Kind.ACCOUNT, text, (start, end), "account.id", platform)


def _numbered(text: str, span: tuple[int, int], words: set[str], platform: str) -> Iterator[Found]:
    raw = text[span[0] : span[1]]
    if words & SERVER_WORDS and SERVER_ID.fullmatch(raw) and not raw.islower():
        yield from _found(Kind.SERVER, text, span, "server.id", platform)
        return
    is_account = words & ACCOUNT_WORDS or platform in words or not words
    if platform and is_account and DIGITS.fullmatch(raw):
        yield from _found(Kind.ACCOUNT, text, span, "account.id", platform)


def platform_near(text: str, start: int, end: int, named: list[Named]) -> str:
    """The platform spoken of inside a span or nearest to it in the same line, or ""."""
    best, distance = "", NEAR + 1
    for one in named:
        if one.end < start - NEAR or one.is_short:
            continue
        if one.start > end + NEAR:
            break
        away = max(start - one.end, one.start - end, 0)
        between = text[one.end : start] if one.end <= start else text[end : one.start]
        if away < distance and "\n" not in between and ". " not in between:
            best, distance = one.platform, away
    return best


def _found(
    kind: Kind, text: str, span: tuple[int, int], rule: str, platform: str
) -> Iterator[Found]:
    raw = text[span[0] : span[1]]
    value = NORMAL[kind](raw, platform=platform)
    if value is not None:
        yield Found(
            kind=kind,
            value=value,
            raw=raw,
            start=span[0],
            end=span[1],
            confidence=75,
            rule=rule,
            platform=platform,
        )


NORMAL = {Kind.ACCOUNT: normal_account, Kind.GROUP: normal_group, Kind.SERVER: normal_server}

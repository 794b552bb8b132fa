"""Whose identifier a sentence says it is. Cautious: when in doubt, unknown."""

from havre.identifiers.rules.scan import Pattern
from havre.intake.rules.submission import PersonRole

WINDOW = 160

SENTENCE_ENDS = ("\n", ". ", "! ", "? ", ".\u00a0", "!\u00a0", "?\u00a0")
_THING = (
    r"(?:own |personal )?(?:\w+ )?(?:number|phone|cell|e-?mail|address|account|username|handle"
    r"|snapchat|snap|instagram|insta|discord|kik|tiktok|telegram|facebook|whatsapp|gamertag)"
    r"(?: number| address| account| username)?"
)
_CHOSE = (
    r"(?:num\x{e9}ro|t\x{e9}l\x{e9}phone|cellulaire|courriel|adresse|compte|pseudo|identifiant"
    r"|snapchat|snap|instagram|insta|discord|kik|tiktok|telegram|facebook)"
    r"(?: (?:courriel|de cellulaire|de t\x{e9}l\x{e9}phone|sur \w+|\w+))?"
)
_END = r"[\s\x{00a0}:=@\"'\x{ab}]{0,4}$"
MINE = Pattern(
    rf"(?i)(?:^|\W)(?:(?:my|our) {_THING}(?: is|:)|(?:reach|contact|call|phone|e-?mail) (?:me|us)"
    rf"(?: back)? (?:at|on|by \w+ at)|(?:mon|ma|notre) {_CHOSE}(?: est)?"
    rf"|(?:joindre|rejoindre|appelez|appeler|contacter|contactez|\x{{e9}}crivez)"
    rf"(?:-moi| moi|-nous)? (?:au|\x{{e0}})){_END}"
)
THEIRS = Pattern(
    rf"(?i)(?:^|\W)(?:(?:his|her) {_THING}(?: \([^)]{{0,5}})? ?(?:is|was|:)"
    rf"|(?:son|sa) {_CHOSE}[\s\x{{00a0}}]?(?:est|\x{{e9}}tait|:)){_END}"
)
QUOTED = Pattern(
    r"(?i)(?:^|\W)(?:said|says|told|wrote|writes|asked|sent|texted|typed|gave|dit|disait"
    r"|\x{e9}crit"
    r"|demand\x{e9}|envoy\x{e9}|donn\x{e9}|r\x{e9}pondu|he|she|they|il|elle|ils|elles)(?:\W|$)"
    r"|[\"\x{201c}\x{ab}]|\d:\d\d"
)
A_CHILD = Pattern(
    r"(?i)(?:^|\W)(?:(?:my|our|a|the) sons?|sons|daughters?|child(?:ren)?|kids?|girls?|boys?"
    r"|niece|nephew|grandson|granddaughter|students?|pupils?|victims?|sister|brother|friend"
    r"|filles?|fils|enfants?|gar\x{e7}ons?|ni\x{e8}ce|neveu|\x{e9}l\x{e8}ves?|victimes?|soeur"
    r"|s\x{153}ur|fr\x{e8}re|amie?|petite?)(?:\W|$)"
)


def role_said(text: str, start: int) -> PersonRole:
    """Whose the thing that starts at `start` is, by the words before it in its sentence.

    "My number is" is the reporter's unless someone is being quoted. "His e-mail is" is the
    reported person's unless a child is spoken of close by: then "his" may well be the child's.
    """
    before = text[max(0, start - WINDOW) : start]
    begin = 0
    for end in SENTENCE_ENDS:
        place = before.rfind(end)
        if place >= begin:
            begin = place + len(end)
    sentence = before[begin:]
    mine = MINE.search(sentence)
    if mine is not None:
        quoted = QUOTED.search(sentence[: mine.start() + 1]) is not None
        return PersonRole.UNKNOWN if quoted else PersonRole.REPORTER
    if THEIRS.search(sentence) is not None and A_CHILD.search(before) is None:
        return PersonRole.SUSPECT
    return PersonRole.UNKNOWN

"""What a line of a talk answers to one before it: "Discord?", "quel nom", "when were you born"."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from havre.identifiers.aloud.rules.dates import DAY, NO_YEAR, day_said
from havre.identifiers.aloud.rules.spelling import spelled_in
from havre.identifiers.people.rules.letters import found_words
from havre.identifiers.people.rules.plates import FEWEST, SAID, has_letter, normal_plate
from havre.identifiers.platforms.rules.candidates import Named
from havre.identifiers.platforms.rules.handle_words import NAME, POSSESSIVE
from havre.identifiers.rules.phones import normal_phone
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.words import Found, Kind, word_set
from havre.identifiers.told.rules.fields import field_of
from havre.identifiers.told.rules.names import given, has_shape, may_be_any, may_be_plain
from havre.identifiers.told.rules.turns import Turn, turns_in

WAITS, SHORT_TURN, FEWEST_ASKED, FEWEST_PLAIN, LONG = 3, 34, 5, 7, 10
BIRTH_ASKED = Pattern(
    r"(?i)(?:how old|quel \x{e2}ge|when (?:were|was|r) (?:you|u|ya|he|she|they"
    r"|your \w+)(?: \w+)? born|born when"
    r"|n\x{e9}e? (?:quand|quel jour|le combien|en quelle)|quand (?:es[ -]tu|\x{ea}tes[ -]vous"
    r"|t['\x{2019}]es"
    r"|est-(?:il|elle)|tu es|c'est que t'es) n\x{e9}e?|d\.?o\.?b\b|date of birth|birth ?date"
    r"|b-?days?\b"
    r"|birth ?days?\b|date de naissance|ddn\b|naissance"
    r"|(?:ta|sa|votre) f\x{ea}te|(?:ton|son|votre) anniv(?:ersaire)?|day (?:were|was) \w+ born)"
)
PLATE_ASKED = Pattern(rf"(?:{SAID.pattern}|(?i:licen[cs]e|immat\b))")
SCHOOL_ASKED = Pattern(
    r"(?i)(?:(?:what|which|wat|whats|what['\x{2019}]s|ur|your|quelle?|ton|ta|name of (?:the|ur"
    r"|your))"
    r"[ ](?:is |est |the |ur |your |l['\x{2019}]|ton )?(?:high ?)?(?:school|\x{e9}cole|ecole"
    r"|coll\x{e8}ge|poly)"
    r"|school[ ]?\?|(?:\x{e9}cole|ecole)[ ]?\?|where (?:do|does|did) (?:u|you|he"
    r"|she) go to school"
    r"|tu vas \x{e0} quelle)"
)
PHONE_ASKED = Pattern(
    r"(?i)(?:(?:ur|your|the|his|her|what|whats|what['\x{2019}]s|ton|son|le|quel"
    r"|votre)[ ](?:\w+ )?"
    r"(?:number|num\b|num\x{e9}ro|phone|cell|tel\b|t\x{e9}l|cellulaire)|(?:number|num\x{e9}ro"
    r"|phone|tel|t\x{e9}l|num)[ ]?\?)"
)
ASKED = {
    Kind.BIRTH_DATE: BIRTH_ASKED,
    Kind.PLATE: PLATE_ASKED,
    Kind.SCHOOL: SCHOOL_ASKED,
    Kind.PHONE: PHONE_ASKED,
}
DIGIT = Pattern(r"\d")
NAME_ASKED = Pattern(
    r"(?i)(?:^|[^\p{L}])(?:(?:the |ur |your |his |her |what |which |wats |whats "
    r"|what['\x{2019}]s )*"
    r"(?:user ?names?|user|names?|handle|tag|gamer ?tag|id|@)(?: (?:is it|do i|on there|there"
    r"|then|is|was|did|does|should).*)?[ ]?\??$"
    r"|(?:quel|ton|son|le|c['\x{2019}]est quoi|c quoi|c koi|cest quoi|sous quel|avec quel|votre)"
    r"(?: (?:ton|son|le|est|\x{e9}tait|votre))* (?:nom|pseudo|compte|identifiant"
    r"|nom d['\x{2019}]\p{L}+)"
    r"|^(?:nom|pseudo|compte|identifiant|usager)[ \x{a0}]?\?*$"
    r"|what(?:['\x{2019}]?s| is| was| are) (?:it|urs|yours|he|she|they|the name)"
    r"|(?:c['\x{2019}]est|cest|c) (?:quoi|koi)|called what|what (?:do i|should i) (?:search|type"
    r"|look)"
    r"|how do i find|what(?: is| are|'s)? (?:he|she|they|you|u) called|under what|goes by what"
    r"|comment (?:il |elle |tu |s['\x{2019}])?(?:t['\x{2019}]|s['\x{2019}]|se )?(?:appel|nomm"
    r"|trouv|ident)"
    r"|je (?:cherche|tape|\x{e9}cris) quoi)"
)
ASKS = Pattern(
    r"(?i)(?:\?|(?:^|[^\p{L}])(?:what|whats|wats|what['\x{2019}]s|which|ur|your|urs|got|have|has"
    r"|quel|quelle|ton|ta"
    r"|son|sa|his|her|t['\x{2019}]as|tas|tu as|as-tu|c koi|cest quoi|c['\x{2019}]est quoi|add"
    r"|ajoute|search|look|find"
    r"|cherche|trouve|switch|go on|come|viens|vas|move|dm|text|write|\x{e9}cris|message|send"
    r"|envoie"
    r"|donne|give|gave|drop|use|prends|parle|talk)(?:[^\p{L}]|$))"
)
LEAD = Pattern(
    r"(?i)^(?:(?:ok(?:ay)?|oui|yes|yea+h?|ye|yep|yup|ya|ouais?|ouin|sure|well|u[mh]+|euh+|so"
    r"|alors|ben|bah|it['\x{2019}]?s"
    r"|it is|it was|c['\x{2019}](?:est|\x{e9}tait)|cest|c|i['\x{2019}]?m|i am|je suis"
    r"|j['\x{2019}]?suis|chu|chui"
    r"|i go by|(?:he|she|they)(?:['\x{2019}]s| is| goes by| was)?|il|elle|s['\x{2019}]appelle|est"
    r"|just|juste|try|search(?: for)?|look(?: for| up)|add(?: me)?|cherche|ajoute(?:[ \-]moi)?"
    r"|under|sous"
    r"|the|my|mon|ma|le|la|son|his|her|name|user ?name|user|tag|handle|nom|pseudo|compte|is|mine"
    r"|mine['\x{2019}]?s"
    r"|moi|on|there|here|as|comme|voici|voil\x{e0}|here you go|him|lol|haha|mdr|k|then|puis|at"
    r"|arobase)[ \x{a0},:.!\-]+)*"
    r"[@\"'\x{ab}\x{201c}]*[ ]?"
)
TAIL = Pattern(
    r"(?i)^[\"'\x{bb}\x{201d}]?(?:[ ,.!]+(?:lol|mdr|haha+|btw|i think|i guess|je (?:pense|crois)"
    r"|find me|add me|ajoute[ \-]moi"
    r"|ok|pls|please|stp|svp|there|l\x{e0}|sur l\x{e0}|on there|over there|u\??|toi\??|et toi\??"
    r"|and you\??|u|one word"
    r"|un mot|all one word|en un mot|tout attach\x{e9}|why|pourquoi|pk|y|:\)|xd|cherche|go|now"
    r"|madame|monsieur|sir"
    r"|maam|ma'am|miss))*[ .!?\x{2026}:)]*$"
)
ANSWER = Pattern(rf"^(?P<name>{NAME})")
WAITING = Pattern(
    r"(?i)^(?:(?:ok(?:ay)?|oui|yes|yea+h?|ye|yep|yup|ya|ouais?|ouin|sure|u[mh]+|euh+|its"
    r"|it['\x{2019}]s|c['\x{2019}]est|cest|c|k|kk"
    r"|hold on|wait|one sec|a sec|sec|attends?|attendez|une? (?:seconde|minute|sec)|minute"
    r"|2 ?sec|1 ?sec|deux secondes"
    r"|let me (?:check|see|look)|lemme (?:check|see|look)|je regarde|laisse[ \-]moi (?:voir"
    r"|v\x{e9}rifier)|brb|lol|hmm+|bien s\x{fb}r|of course|here|tiens"
    r"|voil\x{e0}|voici|here it is|here you go|it['\x{2019}]?s easy|its easy"
    r"|c['\x{2019}]est facile|facile|easy|search(?: for)?"
    r"|he said|she said|il a dit|elle a dit|look for|cherche|add me|ajoute[ \-]moi|please|pls"
    r"|stp|svp|thx|merci|alors|so|well"
    r"|perfect|parfait|good|bien|cool|nice|great|i do|j['\x{2019}]ai \x{e7}a|i have it"
    r"|i wrote it down|je l['\x{2019}]ai not\x{e9}e?"
    r"|adding|write it down|note|no wait|le voici|la voici|and|et)[ ,.!?\x{2026}:\-]*)+$"
)
PLATE = Pattern(
    r"^(?:(?i:it['\x{2019}]?s|it was|it is|c['\x{2019}](?:est|\x{e9}tait)|cest|c|oui|yes|yeah|ok"
    r"|um+|uh+|euh+|the plate|la plaque"
    r"|is|est|was|it says|like|je pense|i think"
    r"|maybe)[ ,:.]+)*(?P<name>[A-Z0-9]{1,4}(?:[ \-]?[A-Z0-9]{2,4}){1,2})"
    r"(?:[ .,;!?]|$)"
)
SMALL_PLATE = Pattern(
    r"(?i)^(?:(?:it['\x{2019}]?s|c['\x{2019}]est|cest|oui|yes|yeah|ya|yep|ok)[ ,]+)*"
    r"(?P<name>[a-z]{2,4}[ \-]?\d{3,4}|[a-z]\d\d[ \-]?[a-z]{3}|\d{3}[ \-]?[a-z]{3})[ .!?]*$"
)
BIRTH = Pattern(
    rf"^(?:(?:i['\x{{2019}}]?m )?\d{{1,2}}(?:,| ans,?| y/?o,?) )?"
    rf"[^\d]{{0,40}}?(?P<name>{DAY})(?:[^\d]|$)"
)
PART = Pattern(rf"\b{NO_YEAR}")
YEAR = Pattern(r"\b(?:19|20)\d\d\b")


SCHOOL = Pattern(
    r"(?i)^(?:(?:i go to|i['\x{2019}]m at|im at|at|to|je vais \x{e0}|\x{e0}|a|l['\x{2019}]"
    r"|it['\x{2019}]?s|c['\x{2019}]est|cest|oui|yes|um|euh|the|la)[ ,]+)*"
    r"(?P<name>(?:[\p{L}.'\x{2019}\-]+ ){1,4}(?:high|middle|elementary|secondary|junior high"
    r"|academy|collegiate)(?: school)?"
    r"|(?:[\p{L}.'\x{2019}\-]+ ){1,3}school"
    r"|(?:\x{e9}cole|ecole|coll\x{e8}ge|college|polyvalente|poly|acad\x{e9}mie"
    r"|c\x{e9}gep)(?: [\p{L}.'\x{2019}\-]+){1,4})"
    r"(?:[ ]?[.,!?]|$| (?:u|you|et toi|toi|why|pk)\b)"
)
NO_SCHOOL = word_set(
    "my the a not no this that different same old new ma mon une pas autre meme m\u00eame in"
    " another"
)
DIGITS = Pattern(
    r"^(?:it['\x{2019}]?s |c['\x{2019}]est |ok |oui |then |puis |et )?\+?[\d \-.()]{2,18}$"
)
WHOLE_NUMBER = (10, 11)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the talk waits for: a name on a platform, a plate or a day of birth, and how long."""

    kind: Kind
    platform: str = ""
    is_sure: bool = False
    waits: int = WAITS
    part: tuple[int, str] | None = None


def find_answers(text: str, named: list[Named]) -> Iterator[Found]:
    """The names, plates and days of birth that answer what a line before them asks for."""
    # Asked of the whole text once: most ask for none of it.
    asks = [kind for kind, pattern in ASKED.items() if pattern.search(text)]
    if not asks and not named:
        return
    asked: Asked | None = None
    place = 0
    for turn in turns_in(text):
        told: list[Found] = []
        if asked is not None and field_of(turn.speaker) is None:
            told = list(ANSWERS[asked.kind](text, turn, asked))
            yield from told
        within = []
        while place < len(named) and named[place].start < turn.end:
            within += [named[place]] if named[place].start >= turn.start else []
            place += 1
        asked = _asked(turn, within, asked, asks if not told else None)


def _asked(
    turn: Turn, named: list[Named], before: Asked | None, asks: list[Kind] | None
) -> Asked | None:
    """What is waited for after a line; `asks` is what the text asks for, None after an answer."""
    if named:
        return _asked_of(turn, named)
    leads = NAME_ASKED.search(turn.said) or LEADS.search(turn.said)
    if before is not None and before.kind is Kind.HANDLE and leads:
        return replace(before, is_sure=True, waits=WAITS)
    if asks is None:
        return None
    for kind in asks:
        if ASKED[kind].search(turn.said) is not None and DIGIT.search(turn.said) is None:
            return Asked(kind)
    return _still_waits(turn, before) if before is not None and before.waits > 0 else None


# "Snapchat name", "Pseudo Snapchat :", "username (discord)", and the name on the next line.
ANNOUNCES = Pattern(
    r"(?i)(?:(?:compte|account|profile?|pseudo|user|handle|name|nom|identifiant|usager)[^\n]*:"
    r"|(?:^|[^\p{L}])(?:(?:user|screen|nick) ?name|name|handle|pseudo|identifiant"
    r"|s['\x{2019}]app?ell?e|se nomme|goes by)|(?:^|[^\p{L}])(?:username|pseudo|handle|identifiant)"
    r" \(\p{L}+\))[ ]?$"
)
LEADS = Pattern(
    r"(?i)^(?:(?:i|he|she|they|il|elle|it|his name|her name|the name|son nom|le nom|le pseudo)"
    r"(?: (?:is|was|goes by|est|\x{e9}tait|s['\x{2019}]app?ell?e|se nomme)|['\x{2019}]s))[ ]?:?$"
)


def _asked_of(turn: Turn, named: list[Named]) -> Asked | None:
    """Whether a line that speaks of a platform asks for, or announces, a name on it."""
    one = next((one for one in reversed(named) if not one.is_short), named[-1])
    alone = _is_alone(turn.said, one, turn.start)
    owned = POSSESSIVE.search(turn.said[: one.start - turn.start]) is not None
    bare = turn.said.strip(" .!?") == turn.said[one.start - turn.start : one.end - turn.start]
    meant = owned or not one.is_short or (alone and (one.is_abbreviation or bare))
    asks = alone or ASKS.search(turn.said) or ANNOUNCES.search(turn.said)
    if not (meant and asks) or turn.end - one.end > SHORT_TURN:
        return None
    return Asked(Kind.HANDLE, one.platform, owned or NAME_ASKED.search(turn.said) is not None)


def _still_waits(turn: Turn, before: Asked) -> Asked | None:
    """What is still waited for after a line that says nothing of it: "attends", "oct 1"."""
    part = PART.search(turn.said) if before.kind is Kind.BIRTH_DATE else None
    if part is not None:
        return replace(before, part=(turn.start + part.start(), part.group()), waits=WAITS)
    if before.kind is Kind.PHONE and DIGITS.search(turn.said) is not None:
        begun = before.part or (turn.start, "")
        return replace(before, part=(begun[0], begun[1] + _digits(turn.said)), waits=WAITS)
    patient = before.kind is not Kind.HANDLE or WAITING.search(turn.said) is not None
    return replace(before, waits=before.waits - 1) if patient else None


def _is_alone(said: str, one: Named, start: int) -> bool:
    """Whether a line says little more than a platform: "Steam?", "et twitch"."""
    rest = f"{said[: one.start - start]} {said[one.end - start :]}"
    return ALONE.search(rest) is not None


ALONE = Pattern(
    r"(?i)^[ ,.!?:\x{2026}\-]*(?:(?:is|est|oui|yes|yeah|ya|no|non|nah|ok|and|et|on|sur|then|alors"
    r"|only|juste|just"
    r"|maybe|or|ou|the|le|la|par|via"
    r"|his|her|ur|your|my|mon|ton|son|l\x{e0}|there|euh|uh|um|plus|also|aussi|now|maintenant|in"
    r"|dans|c['\x{2019}]est|its|it['\x{2019}]s"
    r"|j['\x{2019}]ai|i have|i use|use|utilise|pis|puis|instead|plut\x{f4}t|mostly|well"
    r"|what about|how about|k|pour|for|that|this|ca|\x{e7}a)[ ,.!?:\x{2026}\-]*)*$"
)


def _name(text: str, turn: Turn, asked: Asked) -> Iterator[Found]:
    begin = LEAD.search(turn.said)
    rest = turn.said[begin.end() :] if begin is not None else turn.said
    answer = ANSWER.search(rest)
    if answer is None:
        return
    name = answer["name"].rstrip(".-")
    start = turn.end - len(rest)
    tail = TAIL.search(rest[len(name) :])
    shaped = has_shape(name) and may_be_any(name)
    fewest = FEWEST_ASKED if asked.is_sure else FEWEST_PLAIN
    ends = tail is not None or (shaped and rest[len(name) : len(name) + 1] in {",", "."})
    if ends and (shaped or may_be_plain(name, fewest, is_sure=asked.is_sure or len(name) >= LONG)):
        yield from given(text, asked.platform, (start, start + len(name)), "handle.answer", 75)


def _plate(text: str, turn: Turn, _: Asked) -> Iterator[Found]:
    spelled = spelled_in(turn.said)
    value = normal_plate(spelled[0]) if spelled is not None else None
    if spelled is not None and value and len(value) >= FEWEST and has_letter(value):
        span = (turn.start + spelled[1], turn.start + spelled[2])
        yield found_words(text, Kind.PLATE, value, span, "plate.answer")
        return
    match = PLATE.search(turn.said) or SMALL_PLATE.search(turn.said)
    value = normal_plate(match["name"]) if match is not None else None
    if match is not None and value and len(value) >= FEWEST and has_letter(value):
        start, end = (turn.start + place for place in match.span("name"))
        yield found_words(text, Kind.PLATE, value, (start, end), "plate.answer")


def _birth(text: str, turn: Turn, asked: Asked) -> Iterator[Found]:
    match = BIRTH.search(turn.said)
    day = day_said(match["name"]) if match is not None else None
    if match is not None and day is not None:
        start, end = (turn.start + place for place in match.span("name"))
        yield found_words(text, Kind.BIRTH_DATE, day, (start, end), "birth-date.answer")
        return
    year = YEAR.search(turn.said) if asked.part is not None else None
    if year is not None and asked.part is not None:
        day = day_said(f"{asked.part[1]} {year.group()}")
        if day is not None:
            span = (asked.part[0], turn.start + year.end())
            yield found_words(text, Kind.BIRTH_DATE, day, span, "birth-date.answer")


def _school(text: str, turn: Turn, _: Asked) -> Iterator[Found]:
    match = SCHOOL.search(turn.said)
    if match is not None and NO_SCHOOL.isdisjoint(match["name"].lower().split()[:2]):
        start, end = (turn.start + place for place in match.span("name"))
        yield found_words(text, Kind.SCHOOL, None, (start, end), "school.answer")


def _phone(text: str, turn: Turn, asked: Asked) -> Iterator[Found]:
    """A number that is told over several lines: "450", "555", "0142"."""
    if asked.part is None or DIGITS.search(turn.said) is None:
        return
    digits = asked.part[1] + _digits(turn.said)
    value = normal_phone(digits) if len(digits) in WHOLE_NUMBER else None
    if value is not None:
        span = (asked.part[0], turn.end)
        yield replace(found_words(text, Kind.PHONE, value, span, "phone.answer"), value=value)


def _digits(said: str) -> str:
    return "".join(char for char in said if char.isdecimal())


ANSWERS = {
    Kind.HANDLE: _name,
    Kind.PLATE: _plate,
    Kind.BIRTH_DATE: _birth,
    Kind.SCHOOL: _school,
    Kind.PHONE: _phone,
}

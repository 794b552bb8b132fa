"""Licence plates, where the text says that it is one."""

from collections.abc import Iterator
from itertools import islice

from havre.identifiers.aloud.rules.spelling import spelled_in, spelled_last, words_apart
from havre.identifiers.people.rules.letters import found_words
from havre.identifiers.rules.scan import Match, Pattern
from havre.identifiers.rules.spans import MOST_IN_ONE_TEXT, stands_alone
from havre.identifiers.rules.words import Found, Kind, word_set

SAID = Pattern(
    r"(?i)(?:licen[cs]e plates?|licen[cs]e ?\x{23}|number plates?|plates?"
    r"|plaques?(?: d['\x{2019}]immatriculation)?"
    r"|immatricul(?:ation|\x{e9}e?s?)|tags? number|pl8s?|plak(?:s|es?)?\b|matricule"
    r"|plauqes?|plaqes?\b|plaqus?\b|plaets?\b"
    r"|(?:vehicle|car|truck|van)(?:'s)? reg(?:istration)?\b|licen[cs]e ?[:=])"
)
TOKEN = Pattern(r"(?i)[A-Z0-9]{1,4}(?:[ \-\x{b7}\x{2011}]?[A-Z0-9]{2,4}){0,2}")
BETWEEN = Pattern(
    r"(?i)^(?:['\x{2019}]s )?[\s:\x{23}.,=\"'\x{ab}\x{201c}()\x{a0}\x{2013}\-]*(?:(?:was|is|were"
    r"|are|number|numbers|no|reads?|reading|said|like|maybe|starts? with"
    r"|from|in|the"
    r"|on|est|\x{e9}tait|num\x{e9}ro|n\x{b0}|lit|disait|du|de|la|au|en"
    r"|qu[\x{e9}e]bec|ontario|manitoba|alberta|saskatchewan|british columbia"
    r"|qu\x{e9}b\x{e9}coise|ontarienne|manitobaine|albertaine|saskatchewanaise"
    r"|bc|mb|on|qc|ab|sk|ns|nb|nl|pe|nova scotia|new brunswick|newfoundland"
    r"|yukon|colombie-britannique|nouvelle-\x{c9}cosse|nouveau-brunswick"
    r"|d['\x{2019}]immatriculation|his|car|truck|van|of|il|je|crois|think|i"
    r"|he|has|a|had|c['\x{2019}]est|cest|shows?|showed|would be|is like|auto|char|camion"
    r"|camionnette|fourgonnette|v\x{e9}hicule|voiture|vehicle|suv|pick-?up|sa|son|her|their"
    r"|a|c|une|plaque|l['\x{2019}](?:ontario|alberta)|parked|outside|one|last|parts?"
    r"|the|indique|indiquait|affiche|affichait|suspect|suspecte|blanche?|noire?|bleue?|grise?"
    r"|rouge"
    r"|je pense|et|pense|que|qui|noted|relev\x{e9}e|not\x{e9}e|it['\x{2019}]s|its)"
    r"[\s:\x{23}.,=\"'\x{ab}\x{201c}()\x{a0}\x{2013}\-]+)*"
)
BEFORE = Pattern(
    r"(?P<id>[A-Z0-9]{1,4}(?:[ \-]?[A-Z0-9]{2,4}){1,2})[\"\x{bb}\x{201d})]?,?[ \x{a0}](?i:(?:is"
    r"|was|on|sur|est|\x{e9}tait|as"
    r"|comme|\(|pour|for|read|c['\x{2019}]est|c['\x{2019}]\x{e9}tait)[ \x{a0}]?)(?i:(?:the|la"
    r"|his|her|its|sa|une|a|le|their)"
    r"[ \x{a0}])?(?i:(?:car|truck|van|license|licence|rear|back|front|ontario|alberta"
    r"|manitoba|bc|qu\x{e9}bec)['\x{2019}s]{0,2}["
    r" ]){0,2}(?i:plate|plaque)"
)
# As plates are built, in capitals: "KDV 219", "CKLP 902", "H15 WQZ", "219 KDV".
_PROPER = (
    r"(?:[A-Z]{3,4}[ \-]?\d{3,4}|[A-Z]{2}[ \-]?\d{3}[ \-]?\d{0,2}|[A-Z]\d{2}[ \-]?[A-Z]{3}"
    r"|\d{3}[ \-]?[A-Z]{3}|[A-Z]{2}\d[ \-]?\d{3}|[A-Z]{3}[ \-]?[A-Z]\d{2,3})"
)
# What goes before one without the word "plate", or far from it.
FAR = Pattern(
    r"(?i:(?:^|[^\p{L}])(?:(?:reg(?:istration|istered)?\.?|tags?|immat\.?|imm\.)[ \x{a0}:]{1,3}"
    r"|(?:reg(?:istration|istered)?|licen[cs]e|tags?|immat\.?|imm\.|plates?|plaques?|plauqes?"
    r"|(?:num\x{e9}ro|numbers?)[^.!?\n\d]+?(?:car|truck|van|voiture|auto|char|camion)"
    r"|car|truck|van|suv|sedan|pick-?up|jeep|minivan|vehicle|motorcycle|voiture|auto|char|camion"
    r"|camionnette|fourgonnette|v\x{e9}hicule|moto|honda|toyota|ford|mazda|kia|hyundai|nissan"
    r"|chevrolet|chevy|dodge|subaru|volkswagen|civic|corolla|jetta|elantra|caravan)"
    r"(?:[^\p{L}.!?\n\d][^.!?\n\d]*?)?(?:[:=(/,]|[^\p{L}](?:was|is|were|est|cest|\x{e9}tait|had"
    r"|has|avait|a|with|avec|as|reads?|said|lit|lisait|lisais|marked|numbers?|num\x{e9}ro|no\.?"
    r"|n\x{b0}|plates?|plaque|reg\.?|tags?|licen[cs]e|immat\.?|imm\. ?:?|matricule|on"
    r"|in [a-z]+,|au [a-z]+,|(?:du|de l['\x{2019}]|from|of) ?(?:qu[\x{e9}e]bec|ontario|manitoba"
    r"|alberta|nouveau-brunswick)))"
    r"(?:[ ](?:qu[\x{e9}e]bec|ontario|manitoba|alberta|bc|nova scotia|new brunswick"
    r"|saskatchewan),?)?[ \x{a0}]{0,2}[\"\x{ab}(]?[ \x{a0}]?))"
    rf"(?P<id>{_PROPER})(?:[^\p{{L}}\d]|$)"
)
NO_PLATE = word_set(
    "apt apr aug awd bmw cad ch cm dec eur feb fwd gmc gps grc hwy imei jan jul jun kg km kmh lot"
    " mar may mhz mp mph nov oct opp pei pin po ps ram rcmp rpm rte sep sms spvm suv to tps tv unit"
    " usb usd vw"
)
LENGTH = Pattern(r"(?i)^\d+ ?(?:cm|mm|m|in|pouces|po|x|of|de|ans|years?)\b")
COUNTED = Pattern(r"(?i)(?:\bradio|\bno|n\x{b0}|page|model|mod\x{e8}le|room|salle|local)[ .]*$")
_REST = r"[\s,.;:!?\x{2026}\x{2013}\x{2014}()\-]"
PUT_RIGHT = Pattern(
    rf"(?i)^{_REST}*(?:(?:no+|non|nope|wait|sorry|oops|oups|actually|i mean|correction|pardon"
    r"|attend(?:s|ez)|plut\x{f4}t|excuse[sz]?(?:-moi)?|je veux dire|d\x{e9}sol\x{e9}e?|en fait"
    rf"|scratch that|my bad|erreur|rather){_REST}+)+"
    r"(?:(?:it['\x{2019}]?s|it was|c['\x{2019}]est|c['\x{2019}]\x{e9}tait|the plate|la plaque"
    r"|is|was)[ :,]+){0,3}"
    r"(?P<id>[A-Z0-9]{1,4}(?:[ \-]?[A-Z0-9]{2,4}){1,2})"
)
# "Charlie Delta Tango five one six. Ontario, I think, that was the plate."
ASIDE = Pattern(
    r"(?i)[ \x{a0}](?:i think|i guess|i believe|je pense|je crois|ontario|qu\x{e9}bec|manitoba"
    r"|alberta|saskatchewan|british columbia|nova scotia|new brunswick|nouveau-brunswick"
    r"|nouvelle-\x{c9}cosse)[,.]"
)
# "Z25 MQT. Le 30, ...": the next sentence is no part of a code in groups.
NEXT_SENTENCE = Pattern(r"[.][ ](?:L[ea]s?|The|On|In|At|En|Au|Il|Elle|He|She)[ ]")
WINDOW = 80
SPELLED_WINDOW, SPELLED_LEAD, GROUPS_WINDOW = 180, 25, 60
ANNOUNCED_LEAD = 60
"""How far a code may stand from its word, and how far with a colon right before it."""
FEWEST, MOST = 4, 8
NOT_ALNUM = Pattern(r"[^0-9A-Z]")


def normal_plate(value: str) -> str | None:
    """The letters and digits in capitals; None with too few, too many or no digit."""
    plain = str(NOT_ALNUM.sub("", value.upper()))
    fits = 2 <= len(plain) <= MOST and plain.isascii()  # noqa: PLR2004
    return plain if fits and any(char.isdecimal() for char in plain) else None


def find_plates(text: str) -> Iterator[Found]:
    """The licence plates in a text, each just after the word that announces it."""
    for match, done, until in words_apart(SAID, text):
        end = match.end()
        if text[max(0, match.start() - 1) : match.start()].isalpha():
            continue  # "template"
        window = text[end : end + WINDOW]
        glue = BETWEEN.match(window)
        token = TOKEN.match(window[glue.end() :]) if glue else None
        spelled = spelled_in(text[end : min(until, end + SPELLED_WINDOW)])
        if spelled is not None and is_told(text[end : end + spelled[1]]):
            value = normal_plate(spelled[0])
            if value and len(value) >= FEWEST and has_letter(value):
                span = (end + spelled[1], end + spelled[2])
                yield found_words(text, Kind.PLATE, value, span, "plate.spelled")
                continue
        found = _plate_at(text, end + glue.end(), token.group()) if glue and token else None
        if found is not None:
            yield found
            yield from _put_right(text, found)
        else:
            yield from _in_groups(text, match, done, until)
    yield from _far(text)
    for match in islice(BEFORE.finditer(text), MOST_IN_ONE_TEXT):
        start, end = match.span("id")
        value = normal_plate(match["id"])
        fits = value is not None and len(value) >= FEWEST and has_letter(value)
        if value and fits and stands_alone(text, start, end, not_before="_@-#"):
            yield found_words(text, Kind.PLATE, value, (start, end), "plate.before")


def _far(text: str) -> Iterator[Found]:
    """The plates, built as plates are, that stand further from their word or beside a car."""
    for match in islice(FAR.finditer(text), MOST_IN_ONE_TEXT):
        start, end = match.span("id")
        value = normal_plate(match["id"])
        letters = "".join(char for char in match["id"] if char.isalpha()).lower()
        if start - match.start() > WINDOW:
            continue
        if value and letters not in NO_PLATE and stands_alone(text, start, end, not_after="_@-"):
            yield found_words(text, Kind.PLATE, value, (start, end), "plate.far")


def _plate_at(text: str, start: int, token: str) -> Found | None:
    """The plate that a token after "plate" is, words in small letters behind it left out."""
    for raw in _shorter(token):
        value = normal_plate(raw)
        fits = value is not None and len(value) >= FEWEST and LENGTH.search(raw) is None
        end = start + len(raw)
        if value and fits and stands_alone(text, start, end, not_after="_@"):
            return found_words(text, Kind.PLATE, value, (start, end), "plate.said")
    return None


def _put_right(text: str, found: Found) -> Iterator[Found]:
    """The plate told in its place in the same breath: "KTR 428, no sorry, KTR 482"."""
    again = PUT_RIGHT.search(text[found.end : found.end + WINDOW])
    if again is not None:
        start, end = (found.end + place for place in again.span("id"))
        value = normal_plate(again["id"])
        fits = value is not None and len(value) >= FEWEST and has_letter(value)
        if value and fits and stands_alone(text, start, end):
            yield found_words(text, Kind.PLATE, value, (start, end), "plate.put-right")


def _in_groups(text: str, said: Match, done: int, until: int) -> Iterator[Found]:
    """A plate told in groups after its word, or spelled before it: "KTR, espace, 482"."""
    left = max(done, said.start() - SPELLED_WINDOW)
    after = spelled_in(text[said.end() : min(until, said.end() + GROUPS_WINDOW)], in_groups=True)
    before = spelled_last(text[left : said.start()], in_groups=True)
    if after is not None and is_told(text[said.end() : said.end() + after[1]]):
        code, span = after[0], (said.end() + after[1], said.end() + after[2])
    elif before is not None and is_told(ASIDE.sub("", text[left + before[2] : said.start()])):
        code, span = before[0], (left + before[1], left + before[2])
    else:
        return
    if NEXT_SENTENCE.search(text[span[0] : span[1] + 1]) is not None:
        return
    value = normal_plate(code)
    counted = COUNTED.search(text[max(0, span[0] - 12) : span[0]]) is not None
    letters = sum(char.isalpha() for char in value) if value else 0
    if value and len(value) > FEWEST and letters > 1 and not counted:
        yield found_words(text, Kind.PLATE, value, span, "plate.spelled")


def has_letter(value: str) -> bool:
    """Whether a letter is in it: a plate of digits alone is a number."""
    return any(char.isalpha() for char in value)


def is_told(between: str) -> bool:
    """Whether what stands between a word and a spelled code leads to it in the same breath."""
    most = ANNOUNCED_LEAD if between.rstrip(" \u00a0")[-1:] == ":" else SPELLED_LEAD
    return len(between) <= most and "\n" not in between


def _shorter(raw: str) -> Iterator[str]:
    """The token, then without its last group: "BXK 482 he" is "BXK 482"."""
    last = raw.rpartition(" ")[2]
    if not (
        last.isalpha() and last.islower() and any(char.isdecimal() for char in raw[: -len(last)])
    ):
        yield raw
    for place in range(len(raw) - 1, 0, -1):
        if raw[place] == " ":
            yield raw[:place]

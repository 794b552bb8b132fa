"""Schools by name, in English and French."""

from collections.abc import Iterator

from havre.identifiers.people.rules.letters import NOT_A_NAME, SPACE, WORD, found_words, proper_part
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.words import Found, Kind, word_set

_LINK = r"(?:St\.|Ste\.|of|de|la|le|du|des|the|and|&)"
_LEVEL = (
    r"(?:Elementary|Middle|Junior|Senior|High|Secondary|Public|Catholic"
    r"|Composite|Community|Christian|Separate|Regional|District|Vocational"
    r"|Primary|Immersion)"
)
ENGLISH = Pattern(
    rf"(?P<name>(?:(?:{WORD}|{_LINK}|[A-Z]\.){SPACE}){{1,6}}"
    rf"(?:(?:(?i:{_LEVEL}){SPACE}){{0,3}}(?i:school)"
    rf"|(?:{_LEVEL}{SPACE}){{0,2}}(?:Academy|Collegiate(?:{SPACE}Institute)?"
    rf"|Elementary|Middle|Junior{SPACE}High|High|Secondary|Polytechnic"
    rf"|Kindergarten|College|Coll\x{{e8}}ge|Montessori|Prep(?:aratory)?|[PSJ]\.?S\.?|C\.?I\.?)))"
)
SMALL_LETTERS = Pattern(
    rf"(?:goes{SPACE}(?:to|2)|go{SPACE}(?:to|2)|attends|student{SPACE}at|pupil{SPACE}at"
    rf"|teacher{SPACE}at|works{SPACE}at|enrolled{SPACE}at"
    rf"|he{SPACE}is{SPACE}at|she{SPACE}is{SPACE}at|school{SPACE}is|from|at)"
    rf"{SPACE}(?P<name>(?:[a-z.'\x{{2019}}]+{SPACE}){{1,3}}(?:elementary|middle"
    rf"|junior{SPACE}high|high|secondary|public|collegiate)(?:{SPACE}school)?"
    rf"|(?:st\.?|saint|ste\.?){SPACE}[a-z.'\x{{2019}}\-]+{SPACE}(?:academy|collegiate|college))"
    rf"|(?:^|[,.:;(\n]{SPACE}?)(?P<graded>(?:[a-z.'\x{{2019}}]+{SPACE}){{1,2}}(?:elementary"
    rf"|middle"
    rf"|high|secondary)(?:{SPACE}school)?),?{SPACE}(?:in{SPACE})?(?:grade|gr)\b"
)
_OF = (
    rf"(?:(?:de{SPACE}la|de|du|des|la|le|les|Le|La|Les|aux|au){SPACE}"
    rf"|(?:de{SPACE})?l['\x{{2019}}]|d['\x{{2019}}]|L['\x{{2019}}])"
)
FRENCH = Pattern(
    rf"(?P<name>(?:(?i:l?\x{{e9}}cole|l?ecole|centre{SPACE}(?:scolaire|\x{{e9}}ducatif)"
    rf"|centre{SPACE}de{SPACE}formation(?:{SPACE}professionnelle)?|coll\x{{e9}}gial|externat"
    rf"|internat|juv\x{{e9}}nat"
    rf"|couvent|institut|cpe|coll\x{{e8}}ge|college|polyvalente"
    rf"|c\x{{e9}}gep|lyc\x{{e9}}e|acad\x{{e9}}mie|pensionnat"
    rf"|s\x{{e9}}minaire))"
    rf"(?:{SPACE}(?i:secondaire|primaire|\x{{e9}}l\x{{e9}}mentaire"
    rf"|interm\x{{e9}}diaire|polyvalente|publique|catholique|internationale"
    rf"|priv\x{{e9}}e|alternative|communautaire|r\x{{e9}}gionale"
    rf"|fran\x{{e7}}aise)){{0,2}}"
    rf"{SPACE}{_OF}{{0,2}}{WORD}(?:{SPACE}{_OF}{{0,2}}{WORD}){{0,4}})"
)
ELIDED = "\u00e9e\u00c9E"
FRENCH_SMALL = Pattern(
    rf"(?i:va|vais|vas|allait|vont|\x{{e9}}tudie|inscrite?|\x{{e9}}l\x{{e8}}ves?|enseigne"
    rf"|travaille"
    rf"|prof){SPACE}"
    rf"(?:\x{{e0}}|a|de|au){SPACE}(?:l['\x{{2019}} ]?)?"
    rf"(?P<name>(?:\x{{e9}}cole|ecole|coll\x{{e8}}ge|polyvalente)"
    rf"(?:{SPACE}(?:secondaire|primaire|publique))?"
    rf"{SPACE}(?:(?:de{SPACE}la|du|des|de){SPACE})?"
    rf"[a-z\x{{e0}}-\x{{ff}}][a-z\x{{e0}}-\x{{ff}}\-]{{3,}})"
)
NOT_A_FRENCH_NAME = word_set(
    "secondaire primaire publique privée maison voisine avec pour dans tous matin demain quartier"
    " coin village ville buissonnière chaque depuis lundi mardi mercredi jeudi vendredi comme"
    " après avant elle mais quand parce sans son leur notre votre cette encore juste elles danse"
    " musique tous toute"
)
ANY_SCHOOL = word_set(
    "catholic central collegiate community high junior local middle my new old"
    " other public same senior secondary"
)
NOT_A_SCHOOL = word_set(
    "a another any different her his local my new old our same some that the"
    " their this your is in and"
)


def find_schools(text: str) -> Iterator[Found]:
    """The schools a text names; "her school" and "the high school" name none."""
    for match in FRENCH.finditer(text):
        start, end = match.span()
        start += text[start] in "lL" and text[start + 1] in ELIDED
        if not text[start - 1 : start].isalnum() or text[start - 1] in "lL":
            yield found_words(text, Kind.SCHOOL, None, (start, end), "school.french")
    for match in ENGLISH.finditer(text):
        start, end = match.span()
        name = proper_part(match.group())
        first = name.partition(" ")[0].lower()
        if " " not in name or first in ANY_SCHOOL or text[end : end + 1].isalnum():
            continue
        if text[start - 1 : start].isalnum() or not name[0].isupper():
            continue
        yield found_words(text, Kind.SCHOOL, None, (end - len(name), end), "school.english")
    for match in SMALL_LETTERS.finditer(text):
        start, end = max(match.span("name"), match.span("graded"))
        words = text[start:end].split()
        if not any(word in NOT_A_SCHOOL or word in NOT_A_NAME for word in words[:-1]):
            yield found_words(text, Kind.SCHOOL, None, (start, end), "school.small")
    for match in FRENCH_SMALL.finditer(text):
        last = match["name"].replace("-", " ").rpartition(" ")[2].lower()
        if last not in NOT_A_FRENCH_NAME:
            yield found_words(text, Kind.SCHOOL, None, match.span("name"), "school.small")

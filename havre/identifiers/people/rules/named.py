"""People named with an age or a date of birth, in English and French."""

from collections.abc import Iterator
from datetime import date

from havre.identifiers.aloud.rules.dates import (
    DAY,
    DAY_IN_SHORT,
    NO_YEAR,
    day_in_short,
    day_said,
)
from havre.identifiers.people.rules.letters import (
    CAPITAL,
    NOT_A_NAME,
    SPACE,
    WORD,
    found_words,
    proper_part,
)
from havre.identifiers.people.rules.names import normal_name
from havre.identifiers.rules.scan import Match, Pattern
from havre.identifiers.rules.words import Found, Kind

_NAME = rf"{WORD}(?:{SPACE}(?:{WORD}|{CAPITAL}\.|de|du|la|le|van|von|der)){{0,3}}"
_AGE = r"(?:[1-9]\d|[3-9])"
_UNIT = r"(?:[\- ]?(?i:years?[\- ]old|yrs?(?:[\- ]old)?|y/?o|ans))"
_BORN = (
    r"(?i:born|n\x{e9}\(e\)|n\x{e9}\x{b7}e|n\x{e9}e?|vu le jour|venue? au monde|f\x{ea}te ?:"
    r"|b[ -]day|(?-i:b\.)|d\.?o\.?b\.?"
    r"|date[ _]of[ _]birth"
    r"|birth[ _\-]?(?:date|day)"
    r"|b-?day"
    r"|date[ _](?:de[ _])?(?:naissance|f\x{ea}te)|ddn|d\.?d\.?n\.?|jour de naissance|naissance"
    r"|(?:ma|ta|sa|mon|ton|son|leur) (?:f\x{ea}te|anniversaire)|anniv\.?|(?:date )?nais{1,2}\.?"
    r"|f\x{ea}t\x{e9}e?"
    r"|date de fete|anniversaire|birth)"
)
_BETWEEN = r"[\s,;:(\x{2013}\-]{1,4}"

AGED = Pattern(
    rf"(?P<name>{_NAME})(?:"
    rf"{SPACE}\({SPACE}?(?i:aged? |\x{{e2}}g\x{{e9}}e? de )?{_AGE}{_UNIT}?{SPACE}?[),]"
    rf"|,?{SPACE}(?i:aged?|age of|\x{{e2}}g\x{{e9}}e? de|ag\x{{e9}}e? de){SPACE}{_AGE}"
    rf"|,?{SPACE}(?:(?i:who|qui){SPACE})?(?i:is|was|turned|just turned|turns|a"
    rf"|avait|aura|est \x{{e2}}g\x{{e9}}e? de)"
    rf"{SPACE}(?:(?i:only|just|about|now){SPACE})?{_AGE}{_UNIT}"
    rf"|,?{SPACE}(?:(?i:who){SPACE})?(?i:is|was|turned){SPACE}(?:(?i:only|just"
    rf"|about|now){SPACE})?{_AGE}[,.;!?)]"
    rf"|,{SPACE}(?:(?i:about|around|environ){SPACE})?{_AGE}(?:{_UNIT}|[,.;)\n]|$)"
    rf"|{SPACE}{_AGE}{_UNIT}"
    r")"
)
BORN = Pattern(
    rf"(?P<name>{_NAME}){_BETWEEN}{_BORN}\)?{SPACE}?[:\-]?{SPACE}?(?:(?i:on|le|in|en|is){SPACE})?"
    rf"(?P<date>{DAY})"
)
_GLUE = (
    r"(?:is|was|on|the|in|le|est|\x{e9}tait|c['\x{2019}]est|c|cest|tombe|it['\x{2019}]s|its|of"
    r"|du|au|of record"
    r"|supplied|given|fournie|d\x{e9}clar\x{e9}e|indiqu\x{e9}e|inscrite|on file|provided|listed"
    r"|as|est"
    r"|child|suspect|victim|enfant|victime|aaaa[-/]mm[-/]jj|yyyy[-/]mm[-/]dd|enregistr\x{e9}e"
    r"|registered|a|un|une|ann\x{e9}e|year|de l['\x{2019}](?:enfant|\x{e9}l\x{e8}ve)"
    r"|de la victime|of (?:the )?(?:child|victim|student)|dans la nuit"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
)
# "born, let me think, on ...", "née le 20, pardon, le 30 juin ...".
_ASIDE = (
    r"(?i:let me (?:think|see|check|look)|i (?:think|believe|guess)|if i (?:remember|recall)"
    r"(?: right| correctly| well)?|if i['\x{2019}]?m not mistaken|u[mh]+|euh+|well|hum+"
    r"|attend(?:s|ez)(?: voir)?|voyons(?: voir)?|si je me (?:souviens|rappelle)(?: bien)?"
    r"|si je ne me trompe pas|sauf erreur|je (?:crois|pense)|laissez[ -]moi (?:voir|penser)"
    r"|(?:on )?(?:a |un |the )?(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:un |le )?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
    r"|at \d{1,2}(?::\d\d)? ?(?:am|pm)?|\x{e0} \d{1,2} ?h(?: ?\d\d)?"
    r"|\d{1,2}[/\-]\d{1,2}[/\-]\d{2,4}(?:,? (?:soit|or|so|that is|i\.e\.|donc))?"
    r"|wait|hold on|apparently|apparemment|(?:according to|selon|d['\x{2019}]apr\x{e8}s)"
    r" (?:the|her|his|le|la|son|sa) \p{L}+|(?:le |the |on the )?\d{1,2}(?:er|st|nd|rd|th)?,?"
    r" (?:pardon|sorry|non|no|excusez))"
)
BIRTH = Pattern(
    rf"{_BORN}(?P<glue>(?:['\x{{2019}}]s)?\)?(?:[\s,\x{{2026}}(.\-\x{{2013}}]{{1,4}}{_ASIDE}){{0,3}}"
    rf"(?:[\s:;=?|,.(>\-\x{{2013}}\x{{2014}}\"\x{{ab}}\x{{bb}}]{{0,5}}|[ .:]{{2,24}}|[ ](?:in"
    rf"|at|\x{{e0}}|en)[ ]{WORD}"
    rf"(?:[ ,]{{1,2}}{WORD}){{0,2}},?[ ])"
    rf"(?:(?i:{_GLUE})\b[\s:=?,)(>|\"\x{{ab}}]{{1,3}}){{0,4}})(?P<date>{DAY})"
)
# "the birthday she gave was", "date of birth on her profile:", "sa naissance remonte au".
BIRTH_NOUN = Pattern(
    r"(?i:birth[ _\-]?(?:date|day)|date of birth|d\.?o\.?b\.?|b-?day|date de naissance|ddn"
    r"|naissance|f\x{ea}te|anniversaire)(?P<glue>[^.!?;\n\d]*?"
    r"(?:[:=]|[ ](?i:is|was|est|\x{e9}tait|serait|c['\x{2019}]est|cest|c|remonte au|tombe)[ ])"
    rf"[ ]?(?:(?i:{_GLUE})[ ]){{0,2}})(?P<date>{DAY})"
)
# "date of birth on the form says", "asked her birthday and she typed", "né quand, il a répondu".
_WHEN = (
    r"(?:birth[ _\-]?(?:date|day)|date of birth|d\.?o\.?b\.?|b-?day|date de naissance|ddn"
    r"|naissance|f[\x{ea}e]te|anniversaire|birth|born|n\x{e9}e?(?: quand)?)"
)
_PAPER = (
    r"(?:form|card|profile|passport|certificate|record|file|bio|sheet|licen[cs]e|bracelet"
    r"|fiche|carte|profil|passeport|certificat|dossier|formulaire|extrait)"
)
_ANSWERS = (
    r"(?:(?:typed|answered|gave|put|told|said|wrote|entered|replied|sent)(?: (?:him|her|them))?"
    r"|j?(?:['\x{2019}])?(?:l['\x{2019}]?)?(?:a|ai|ont) (?:r\x{e9}pondu|\x{e9}crit|donn\x{e9}"
    r"|dit|mis|tap\x{e9}|entr\x{e9}))"
)
BIRTH_ANSWERED = Pattern(
    rf"(?i:{_WHEN}(?:[ ](?:(?:on|in|sur|dans|de)[ ](?:the|his|her|my|our|le|la|son|sa|mon|ma)[ ]"
    rf"(?:\p{{L}}+[ ])?)?{_PAPER}(?:[ ](?:says|reads|read|states|shows|gives|lit|dit|indique"
    rf"|affiche|donne|porte))?[ ]?[:,]?"
    rf"|\.[ ](?:i|she|he|elle|il|je|j['\x{{2019}}])[ ]?(?:wrote|typed|answered|replied|entered|put"
    rf"|a[i]? (?:\x{{e9}}crit|r\x{{e9}}pondu|tap\x{{e9}}|mis))"
    rf"|[,;?]?[ ](?:(?:and|et|so|alors|n|then|cuz|cause|because|pcq|parce que?|pis|puis|pi)[ ])?"
    rf"(?:(?:i|she|he|they|elle|il|je|on|elles|ils)[ ]|j['\x{{2019}}]|j?){_ANSWERS}"
    rf"(?:[ ](?:in|on|dans|sur)[ ](?:my|his|her|the|ma|mon|sa|son|la|le)[ ]{_PAPER})?[ ]?"
    rf"[:,]?)[ ](?:(?:the|on|le|it was|c['\x{{2019}}]est le)[ ])?)"
    rf"(?P<date>{DAY})"
)
# "He gave his date, May 3 2012", in a text that speaks of births.
DATE_GIVEN = Pattern(
    rf"(?i:(?:gave|told|typed|entered|said|wrote|put|sent|donn\x{{e9}}|dit|\x{{e9}}crit|mis"
    rf"|entr\x{{e9}}|tap\x{{e9}})[ ](?:(?:him|her|them|us|me)[ ])?"
    rf"(?:his|her|my|their|sa|ma|son|leur)[ ]"
    rf"(?:(?:real|true|own|vraie|propre)[ ])?(?:date|day)[ ]?[,:(][ ]?"
    rf"(?:le |the |on )?)(?P<date>{DAY})"
)
BIRTH_SPOKEN = Pattern(r"(?i)birth|b-?day|born|naissance|f\x{ea}te|n\x{e9}e? le|anniversaire")
PAPERS = Pattern(rf"(?i){_PAPER}|{_ANSWERS}")
NO_BIRTH = Pattern(
    r"(?i)(?:part(?:y|ies)|cake|gifts?|presents?|cards?|invit|cadeau|g\x{e2}teau|cartes?|souper"
    r"|trip|supper|dinner|met|since|depuis|created|cr\x{e9}\x{e9}|joined|certificat|f\x{ea}ter"
    r"|event|writes|wrote|sa(?:id|ys)|\x{e9}cri|[ ](?:and|et|which|him|dit|that|who)[ ])"
)
BIRTH_AFTER = Pattern(
    rf"(?P<date>{DAY})[\s,\"\x{{bb}})]{{1,3}}(?i:baby[,.]|(?:is|was|=|est|\x{{e9}}tait|c['\x{{2019}}]est"
    rf"|comme|as|as his|as her|\()[ \x{{a0}}]?"
    rf"(?:(?:her|his|my|their|the|la|sa|ma|child['\x{{2019}}]s)[ ])?(?:birth ?day|birth ?date"
    rf"|date of birth|dob|ddn|date de naissance|f\x{{ea}}te))"
)
# "On May 3, 2012 our daughter was born", "le 3 mai 2012, jour de sa naissance".
BORN_AFTER = Pattern(
    rf"(?P<date>{DAY}),?[ ](?i:(?:(?:is|was|that['\x{{2019}}]s)[ ](?:when|the day)[ ])?"
    r"(?:(?:our|my|the|his|her|notre|ma|mon|sa|son|la|le)[ ](?:\p{L}+[ ]){1,2}"
    r"|(?:i|he|she|they|il|elle)[ ])?"
    r"(?:(?:was|were) born|(?:est|\x{e9}tait) n\x{e9}e?|naissait|naquit|a vu le jour)"
    r"|(?:le |the )?(?:jour|day) (?:de (?:sa|ma|la|leur) naissance|of (?:his|her|my) birth))"
)
BORN_HINT = Pattern(
    r"(?i)\d,? [^.!?\n]*(?:(?:was|were) born|n\x{e9}|naissait|naquit|vu le jour|naissance|birth)"
)
# "born in 2012, on October 1".
YEAR_FIRST = Pattern(
    rf"{_BORN}[ ](?i:in|en)[ ](?P<year>(?:19|20)\d\d),?[ ](?i:on |le |the )?(?P<date>{NO_YEAR})"
)
# "DOB 1 Oct '12", "ddn 01oct2012", "née le 1er oct. 12": the year in short, the month in letters.
BIRTH_IN_SHORT = Pattern(
    rf"{_BORN}(?:['\x{{2019}}]s)?\)?[\s:=,(\x{{2013}}\-]{{1,3}}(?:(?i:{_GLUE})[ ,]{{1,2}}){{0,3}}"
    rf"(?P<date>{DAY_IN_SHORT})(?:[^\p{{L}}\p{{N}}:/'\x{{2019}}\-]|$)"
)
# Two digits are a year only where nothing is counted by them: "le 3 mai 12 amis".
YEAR_ENDS = Pattern(
    r"(?i)^(?:[.,;)!?\n\"\x{bb}]|$|[ ](?:\x{e0}|in|at|and|et|so|donc|who|qui|from|de|but|mais)[ ])"
)
MARKED_YEAR = Pattern(r"['\x{2019}]\d\d$|\d{3,4}$")
# "elle est du 3 mai 2012".
OF_A_DAY = Pattern(
    rf"(?i:(?:elle|il|fille|fils|petite?|enfant) est|je suis) (?i:du) (?P<date>{DAY})"
)
OLD = Pattern(
    rf"{_AGE}[\- ]?(?i:years?[\- ]old|yr[\- ]?old"
    rf"|y/?o),?{SPACE}(?:[a-z]+,?{SPACE}){{0,3}}(?P<name>{_NAME})"
)
_REST = r"[\s,.;:!?\x{2026}\x{2013}\x{2014}()\-]"
PUT_RIGHT = Pattern(
    rf"^{_REST}*(?:(?i:no+|non|nope|wait|sorry|oops|oups|actually|i mean|correction|pardon"
    r"|attend(?:s|ez)|plut\x{f4}t|excuse[sz]?(?:-moi)?|je veux dire|d\x{e9}sol\x{e9}e?|en fait"
    r"|typo|should (?:be|read|say)|devrait \x{ea}tre|i meant|meant|oh|faute de frappe|wrong"
    rf"|scratch that|my bad|erreur|rather|n|and|it['\x{{2019}}]?s|c['\x{{2019}}]est|le|the"
    rf"|on)\b{_REST}+){{1,6}}"
    rf"(?P<date>{DAY})"
)
LONGEST_CORRECTION = 90
LAST_SMALL = Pattern(rf"(?:{SPACE}(?:de|du|la|le|van|von|der|{CAPITAL}\.))+$")
GIVEN = Pattern(r"(?s)(.{2,200})\|(\d{4}-\d{2}-\d{2})")
FEWEST_LETTERS = 3
WHOLE_NAME = 2
LONGEST_DATE, LONGEST_GLUE = 40, 60


def normal_person(value: str) -> str | None:
    """The form "name|date of birth"; None unless both are there and the day can be."""
    match = GIVEN.fullmatch(value)
    name = normal_name(match[1]) if match else None
    if match is None or name is None:
        return None
    try:
        return f"{name}|{date.fromisoformat(match[2])}"
    except ValueError:
        return None


def normal_birth_date(value: str) -> str | None:
    """The day in ISO form; None where day and month could be exchanged."""
    return day_said(value) if len(value) <= LONGEST_DATE else None


def find_named(text: str) -> Iterator[Found]:
    """The people a text names with an age or a date of birth."""
    for match in BORN.finditer(text):
        for found in _found(text, match, "name.born"):
            yield found
            day = day_said(match["date"])
            whole = normal_person(f"{found.value}|{day}") if day else None
            between = (match.span("name")[1], match.span("date")[0])
            if whole and len(found.value.split()) >= WHOLE_NAME:
                yield found_words(text, Kind.PERSON, whole, between, "person.born")
    yield from _birth_dates(text)
    for match in AGED.finditer(text):
        yield from _found(text, match, "name.aged")
    for match in OLD.finditer(text):
        yield from _found(text, match, "name.old")


def _birth_dates(text: str) -> Iterator[Found]:
    """The days of birth; the longer ways of telling one are tried where their words stand."""
    found = list(_told_by(text, BIRTH))
    if not found:
        found = list(_told_by(text, BIRTH_NOUN))
    if not found and PAPERS.search(text) is not None:
        found = list(_told_by(text, BIRTH_ANSWERED))
        if not found and BIRTH_SPOKEN.search(text) is not None:
            found = list(_told_by(text, DATE_GIVEN))
    found += _told_by(text, BIRTH_AFTER)
    found += _in_short(text) if not found else ()
    found += _told_by(text, YEAR_FIRST)
    found += _told_by(text, BORN_AFTER) if BORN_HINT.search(text) is not None else ()
    found += _told_by(text, OF_A_DAY) if " du " in text else ()
    for one in found:
        yield one
        yield from _put_right(text, one.end)


def _told_by(text: str, pattern: Pattern) -> Iterator[Found]:
    for match in pattern.finditer(text):
        year = f" {match['year']}" if pattern is YEAR_FIRST else ""
        day = day_said(f"{match['date']}{year}")
        glue = match["glue"] if pattern is BIRTH_NOUN else ""
        if len(glue) > LONGEST_GLUE or (glue and NO_BIRTH.search(glue) is not None):
            continue
        if day is not None and not text[match.start() - 1 : match.start()].isalnum():
            span = match.span("date")
            yield found_words(text, Kind.BIRTH_DATE, day, span, "birth-date.said")


def _in_short(text: str) -> Iterator[Found]:
    """The days of birth whose year has two digits, or whose parts are glued together."""
    for match in BIRTH_IN_SHORT.finditer(text):
        start, end = match.span("date")
        day = day_in_short(match["date"])
        apart = not text[match.start() - 1 : match.start()].isalnum()
        plain = MARKED_YEAR.search(match["date"]) is None
        told = not plain or ("," not in match["date"] and YEAR_ENDS.search(text[end : end + 8]))
        if day is not None and apart and told:
            yield found_words(text, Kind.BIRTH_DATE, day, (start, end), "birth-date.in-short")


def _put_right(text: str, end: int) -> Iterator[Found]:
    """The day told in place of the one that ends here: "March 6 2012, sorry, March 5 2012"."""
    again = PUT_RIGHT.search(text[end : end + LONGEST_CORRECTION])
    day = day_said(again["date"]) if again is not None else None
    if again is not None and day is not None:
        span = (end + again.span("date")[0], end + again.span("date")[1])
        yield found_words(text, Kind.BIRTH_DATE, day, span, "birth-date.put-right")


def _found(text: str, match: Match, rule: str) -> Iterator[Found]:
    start, end = match.span("name")
    said = LAST_SMALL.sub("", text[start:end])
    end = start + len(said)
    name = proper_part(said)
    start = end - len(name)
    letters = sum(char.isalpha() for char in name)
    last = name.rpartition(" ")[2].lower()
    if letters >= FEWEST_LETTERS and last not in NOT_A_NAME and name[0].isupper():
        before = text[start - 1 : start]
        if not (before.isalnum() or before in ("@", "_", "#", ".")):
            yield found_words(text, Kind.NAME, None, (start, end), rule)

"""Words with a capital, as proper names are built of them, and their plain form."""

from havre.identifiers.people.rules.names import normal_name
from havre.identifiers.rules.words import Found, Kind, word_set

CAPITAL = r"[A-Z\x{c0}-\x{d6}\x{d8}-\x{de}\x{152}]"
SMALL = r"[A-Za-z\x{c0}-\x{ff}\x{153}]"
WORD = rf"{CAPITAL}{SMALL}*(?:['\x{{2019}}\-]{SMALL}+)*"
SPACE = r"[ \t\x{a0}\x{202f}]"

NOT_A_NAME = word_set(
    "a about action actually after age aged also and apparently april around as at au august aussi"
    " avec avril aout août away because before bonjour boys but by call canada ce cela cet cette"
    " chapter chat child chosen class comme contact dans day de decembre décembre december depuis"
    " des did do does du during elle en enfant episode et ever februrary february fevrier février"
    " fille for friday from game gamertag girls grade group groupe had handle has he hello her here"
    " hi his how however i if il ils in incident instead is it janvier january je juillet juin"
    " july june just kid kids la last le les level leur lui ma mai mais march mars may me message"
    " mes mon monday my name né née no nom non nous november novembre now number october octobre of"
    " oh ok okay on once one only or ou our page par person please police post pour profile pseudo"
    " quand question report room sa samedi saturday savoir season section september septembre ses"
    " she si since so some son step sunday sur ta tel tes text that the their then there they this"
    " thursday to ton tu tuesday un une update urgent user username version very victim victime"
    " vous was we wednesday week well what when where which while who why with year years yes you"
    " your lundi mardi mercredi jeudi vendredi dimanche école ecole school ans elles however"
    " snapchat snap instagram insta discord roblox minecraft kik tiktok telegram whatsapp facebook"
    " messenger xbox playstation twitch youtube skype fortnite signal omegle reddit twitter steam"
    " daughter sons niece nephew student suspect dob mr mrs ms mme grande petite bus route flight"
    " apartment apt unit suite box ps covid windows iphone galaxy channel player team formula"
)


ELIDED = word_set("c j jusqu l lorsqu m n puisqu qu s t i he she they we you it that")


def proper_part(said: str) -> str:
    """What is left of a run of words once ordinary words that only begin a sentence are gone."""
    words = said.split(" ")
    while words and _is_ordinary(words[0].replace("\u2019", "'").strip("'.,").lower()):
        del words[0]
    return " ".join(words)


def _is_ordinary(word: str) -> bool:
    start, apostrophe, _ = word.partition("'")
    return word in NOT_A_NAME or (apostrophe != "" and start in ELIDED)


def found_words(
    text: str, kind: Kind, value: str | None, span: tuple[int, int], rule: str
) -> Found:
    """One thing made of words; its normal form is that of a name unless another is given."""
    start, end = span
    raw = text[start:end]
    return Found(
        kind=kind,
        value=value or normal_name(raw) or raw,
        raw=raw,
        start=start,
        end=end,
        confidence=75,
        rule=rule,
    )

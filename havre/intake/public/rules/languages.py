"""In which language a text is written, by its letters and its smallest words. A hint, never more.

A text in a third language is marked for an interpreter. Nothing else follows from it.
"""

import re
import unicodedata
from collections import Counter

# Fewer words say nothing of a Latin alphabet's language.
FEWEST_WORDS = 4
# This share of the letters must be of one script, or of the words of one language.
SCRIPT_SHARE = 0.4
OURS = frozenset({"en", "fr"})

# The first word of a letter's Unicode name, and the language it most often means here.
_SCRIPTS = {
    "ARABIC": "ar",
    "ARMENIAN": "hy",
    "BENGALI": "bn",
    "CANADIAN": "iu",
    "CJK": "zh",
    "CYRILLIC": "uk",
    "DEVANAGARI": "hi",
    "ETHIOPIC": "am",
    "GEORGIAN": "ka",
    "GREEK": "el",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "HANGUL": "ko",
    "HEBREW": "he",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "TAMIL": "ta",
    "THAI": "th",
}
_SMALL_WORDS = {
    "de": """
        aber auch auf aus das dass dem den der die ein eine er es fur hat ich ihm ihr im in
        ist mein meine mich mir mit nicht sie sich sind und uns von war wir zu
    """,
    "en": """
        a about am an and are at be because been but by can did do does for from had has have
        he her him his i if in is it me my not of on or our she so that the their them they
        this to was we were what when who will with you your
    """,
    "es": """
        al como con cuando de del donde el ella en es esta este fue ha hay la las le lo los me
        mi mis muy no nos para pero por que quiere se ser si sin su tiene un una y ya yo
    """,
    "fr": """
        a ai au aux avec c ce ces cette d dans de des du elle elles en est et etait il ils j
        je l la le les leur ma mais me mes moi mon n ne nous on ou par pas pour qu que qui s
        sa se ses son sont sur t te tu un une veut vous y
    """,
    "it": """
        ai al anche che chi con da dal del della di e era gli ha ho il in io la le lei lo lui
        ma mi mia mio nel non per piu quando se si sono sua suo un una vuole
    """,
    "pl": """
        ale bo byl co czy do go i ja jak jego jej jest jestem juz ma mi mnie moja moje na nie
        o od on ona po sie tak to w z za ze
    """,
    "pt": """
        a ao as com da de do dos e ela ele em era essa esse eu foi isso mais mas me meu minha
        muito na nao no nos o os para por quando que quer se sem ser sua um uma voce
    """,
    "tl": """
        ako ang ay kanya kay ko lang mga na nang ng ni nila niya sa si siya sila po pero para
        kung gusto anak may
    """,
    "vi": """
        anh ay ban cac cho co con cua da den em gap la ma mot muon nguoi nhung no o roi se thi
        toi va voi
    """,
}
# For each small word, the languages that have it.
_SPEAKERS = {
    word: tuple(one for one, words in _SMALL_WORDS.items() if word in words.split())
    for word in {*" ".join(_SMALL_WORDS.values()).split()}
}
_WORD = re.compile(r"[a-z]+")


def language_of(text: str) -> str:
    """The language a text seems to be in, as a two-letter code; empty when that is not clear."""
    scripts = _scripts_of(text)
    for script, count in scripts.most_common(2):
        if script in _SCRIPTS and count >= SCRIPT_SHARE * scripts.total():
            # Japanese is written with Chinese characters too.
            is_japanese = scripts["HIRAGANA"] + scripts["KATAKANA"] > 0
            return "ja" if script == "CJK" and is_japanese else _SCRIPTS[script]
    words = _WORD.findall(without_accents(text.casefold().replace("đ", "d")))
    if len(words) < FEWEST_WORDS:
        return ""
    known = dict.fromkeys(_SMALL_WORDS, 0)
    for word in words:
        for name in _SPEAKERS.get(word, ()):
            known[name] += 1
    best, second = sorted(known, key=lambda name: -known[name])[:2]
    is_clear = known[best] > known[second] and known[best] >= len(words) / 5
    return best if is_clear else ""


def without_accents(text: str) -> str:
    """The text with its letters taken apart (NFKD) and their marks left out."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c))


def _scripts_of(text: str) -> Counter[str]:
    """How many letters of each script a text has, the script that comes first first."""
    scripts = Counter[str]()
    if text.isascii():
        return scripts  # Latin alone, which says nothing
    for letter, count in Counter(text).items():
        if letter.isalpha():
            scripts[unicodedata.name(letter, "").partition(" ")[0]] += count
    return scripts


def third_language_of(texts: list[str]) -> str:
    """The language of the longest text that is neither English nor French; empty if none is."""
    found = [(len(text), language_of(text)) for text in texts]
    thirds = [one for one in found if one[1] and one[1] not in OURS]
    return max(thirds)[1] if thirds else ""

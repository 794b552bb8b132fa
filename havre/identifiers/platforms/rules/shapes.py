"""What the shape of a word, or of what stands beside it, tells."""

from havre.identifiers.platforms.rules.candidates import Word
from havre.identifiers.platforms.rules.handle_words import SURE_SHAPE
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.web.rules.hosts import COMMON_ENDINGS

LONGEST_PICTURE = 6
# "corbeau.en.laine" is no sentence without its spaces.
TWO_DOTS = Pattern(r"[a-z]{2,}(?:\.[a-z]{2,}){2,}")


def is_a_picture(gap: str) -> bool:
    """Whether nothing but a sign beyond ASCII stands between two words: "ig \U0001f525 fox_9"."""
    return (
        not gap.isascii()
        and len(gap) < LONGEST_PICTURE
        and "\n" not in gap
        and not any(map(str.isalnum, gap))
    )


def is_only_dotted(word: Word) -> bool:
    """Whether a word has dots and letters alone: "river.fox"."""
    return (
        not word.sigil
        and "." in word.name
        and "_" not in word.name
        and word.name.replace(".", "").isalpha()
    )


def ends_like_a_host(word: Word) -> bool:
    """Whether what stands after its last dot is the ending of many hosts."""
    return word.name.rpartition(".")[2].lower() in COMMON_ENDINGS


def has_sure_shape(word: Word) -> bool:
    """Whether nobody writes a word of a sentence so."""
    if word.sigil or word.spoken or SURE_SHAPE.search(word.name) is not None:
        return True
    dotted = word.name.count(".") > 1 and TWO_DOTS.fullmatch(word.name) is not None
    return dotted and not ends_like_a_host(word)

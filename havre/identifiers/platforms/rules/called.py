"""What is called something on a platform and is nobody's account: a game, a challenge, a server."""

from havre.identifiers.platforms.rules.platforms import BY_WORD, words_of
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.words import word_set

BEFORE, MOST_WORDS = 110, 9
CALLED = Pattern(
    r"(?i)(?:^|[^\p{L}])(?:called|named|titled|known as|by the name of|under the name(?: of)?"
    r"|appel\x{e9}e?s?|nomm\x{e9}e?s?|intitul\x{e9}e?s?|s['\x{2019}]appell?e(?:nt)?"
    r"|s['\x{2019}]appelait|se nomme|du nom de|au nom de|sous le nom(?: de)?)"
    r"[ \x{a0}:]*[\"\x{201c}\x{ab}'(]?[ \x{a0}]*$"
)
NOT_OF_A_WORD = Pattern(r"[^\p{L}\p{N}'\x{2019}\-]+")
# Where a channel is a room for many; on YouTube or Twitch it is somebody's account.
_ROOMS = r"(?:discord|telegram|t\x{e9}l\x{e9}gram|signal|whatsapp|slack|viber|guilded)"
_CHANNEL = r"(?:channels?|cha[i\x{ee}]nes?|canal|canaux)"
_IN = r"(?:(?:on|in|of|sur|dans|de) )?"
ROOM = Pattern(rf"(?:^| )(?:{_ROOMS} {_CHANNEL}|{_CHANNEL} {_IN}{_ROOMS})(?: |$)")
# What changes a game is called as whoever keeps order on a server is.
MOD = Pattern(r"(?:^| )(?:minecraft mods?|mods? (?:(?:for|in|of|pour|dans|de) )?minecraft)(?: |$)")
# "son" is a French word too.
SON = Pattern(r"(?:^| )(?:a|her|his|my|older|oldest|our|the|their|young|younger|your) sons?(?: |$)")
ENDS = ".!?;\n"
A_NAME = Pattern(r"[ ,][A-Z\x{c0}-\x{de}][a-z\x{df}-\x{ff}]+")
THINGS = words_of("things.txt")
SOMEBODY = words_of("somebody.txt")
SUBJECTS = word_set("he she they he's she's hes shes il elle ils elles y on who whos who's")
LINKS = word_set(
    "is was are were goes went go now also just aussi est était qui that which then where and et or"
    " ou c'est who he she il elle on y the la le un une a an"
)


# What leads from a thing to "called", and what of it says that the thing is what is called so.
LEADING_TO = word_set("on sur in dans de of qui that which that's is was est était also aussi")
RELATIVE = frozenset(("qui", "that", "which", "that's"))
IS = frozenset(("is", "was", "est", "était"))
WHOEVER = SUBJECTS | {"qui", "celui", "celle", "one", "whoever"}
# What somebody does with a thing: "my son plays a game called ...".
DOES = word_set(
    "play plays played made makes created found joined join joins likes loves uses watches watched"
    " runs owns invited joue jouait jouent joué rejoint rejoins créé gère aime regarde regardait"
    " utilise invité trouvé"
)


def is_of_a_thing(text: str, start: int, *, is_plain: bool) -> bool:
    """Whether the name at a place is that of a game, a challenge, a group, and of no account.

    A plain word is, where such a thing is the last that is spoken of; a name that looks made up
    only where the thing stands directly before "called", and nobody else can be called so.
    """
    called = CALLED.search(text[max(0, start - BEFORE) : start])
    if called is None:
        return False
    said = called.string[: called.start() + 1]
    words = _words(said)
    if is_plain:
        return _last_is_a_thing(words)
    how = called.group().lower().replace("\u2019", "'")
    says = "s'app" in how or "se nomme" in how
    return not said.rstrip().endswith(",") and _thing_leads(words, says=says)


def _thing_leads(words: list[str], *, says: bool) -> bool:
    rest = list(words)
    while rest and (rest[-1] in BY_WORD or rest[-1] in LEADING_TO):
        rest.pop()
    if not rest or rest[-1] not in THINGS:
        return False
    tail = frozenset(words[len(rest) :])
    somebody = [place for place, word in enumerate(rest) if word in SOMEBODY]
    if somebody and DOES.isdisjoint(rest[somebody[-1] :]):
        return False
    # "Whoever runs the server is called darkfox_77", and "the server that is called so".
    says = (says or not IS.isdisjoint(tail)) and RELATIVE.isdisjoint(tail)
    return not says or WHOEVER.isdisjoint(rest)


def is_of_somebody(between: str) -> bool:
    """Whether the words between a platform and "called" speak of a person or an account."""
    words = _words(between)
    if not SOMEBODY.isdisjoint(words) or LINKS.issuperset(words):
        return True
    told = [word for word in words if word not in LINKS or word in SUBJECTS]
    return told[-1] in SUBJECTS or A_NAME.search(between) is not None


def _words(said: str) -> list[str]:
    """The last words of the sentence, in small letters."""
    begins = max(said.rfind(end) for end in ENDS) + 1
    plain = NOT_OF_A_WORD.sub(" ", said[begins:].lower().replace("\u2019", "'"))
    for pattern, word in ((ROOM, " room "), (MOD, " script "), (SON, " kid ")):
        plain = pattern.sub(word, plain)
    return [word.removeprefix("l'") for word in plain.split()[-MOST_WORDS:]]


def _last_is_a_thing(words: list[str]) -> bool:
    linked = True
    for word in reversed(words):
        if word in SOMEBODY or (linked and word in SUBJECTS):
            return False
        if word in THINGS:
            return True
        linked = linked and word in LINKS
    return False

"""What stays of a name on a platform when its decorations are taken away."""

import unicodedata

FEWEST_LETTERS = 5
LEET = str.maketrans("0134578", "oieastb")
AFFIXES = (
    "official", "officiel", "realacct", "backup", "thereal", "real", "reel", "alt", "the", "its",
    "iam", "bis", "xx", "xo", "yt", "tv",
)  # fmt: skip


def skeleton(name: str) -> str | None:
    """The letters of a name without accents, digits that stand for letters read as such.

    Trailing digits and usual affixes go: "River.F0x_88" and "xXriverfoxXx" are both "riverfox".
    None when fewer than five letters stay: too many people share those. It may only suggest that
    two names resemble each other; it never makes them one.
    """
    plain = unicodedata.normalize("NFKD", name.partition(":")[2].lower())
    plain = plain.partition("#")[0].rstrip("0123456789._- ")
    letters = "".join(char for char in plain.translate(LEET) if char.isalpha() and char.isascii())
    for affix in AFFIXES:
        if len(letters) - len(affix) >= FEWEST_LETTERS:
            letters = letters.removeprefix(affix)
        if len(letters) - len(affix) >= FEWEST_LETTERS:
            letters = letters.removesuffix(affix)
    return letters if len(letters) >= FEWEST_LETTERS else None

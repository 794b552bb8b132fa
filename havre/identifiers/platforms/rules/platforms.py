"""The platforms people name, how they spell them, and how each compares its own names.

Where it is not generally known that a platform ignores case or dots, names are kept apart: a
missed link costs less than two people taken for one.
"""

import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qs

from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.words import Kind, word_set

DATA = Path(__file__).parents[1] / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """One platform: its id, what people call it, and which of its page addresses name a person.

    `words` may stand anywhere in a sentence; `short` ones are also ordinary letters or words, and
    count only before a mark such as ":" or "@". `pages` are host and path up to the name.
    """

    id: str
    words: tuple[str, ...]
    short: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    account_pages: tuple[str, ...] = ()
    dots_matter: bool = True
    misspelt: bool = True


PLATFORMS = tuple(
    Platform(
        id=row["id"],
        words=tuple(row.get("words", [row["id"]])),
        short=tuple(row.get("short", ())),
        pages=tuple(row.get("pages", ())),
        account_pages=tuple(row.get("account_pages", ())),
        dots_matter=row.get("dots_matter", True),
        misspelt=row.get("misspelt", True),
    )
    for row in tomllib.loads((DATA / "platforms.toml").read_text(encoding="utf-8"))["platform"]
)
NOT_A_NAME_IN_A_PATH = word_set(
    "about accounts add addlist addstickers c challenge channel compose dialog direct directory en"
    " events explore feed fr gaming groups hashtag help home i intent invite joinchat legal login"
    " marketplace media messages my notifications p pages people photo photos pin privacy proxy"
    " reel reels s search settings share sharer signup story stories tag terms tv u user users v"
    " video videos watch web"
)

SHORTEST_MISSPELT = 6
NEVER_MISSPELT = word_set(
    "cash-app epic games genshin guilded linkedin matrix monkey nintendo patreon paypal"
    " session"
    " signal tinder tumbler twitch weixin"
)


def words_of(name: str) -> frozenset[str]:
    """The words of a list beside the rules; a line that begins with "#" says what they are."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return word_set(" ".join(line for line in lines if line[:1] != "#"))


def misspelt(word: str) -> set[str]:
    """A name with one letter missing, doubled or exchanged with the next, or an "e" too many."""
    if len(word) < SHORTEST_MISSPELT or not word.isalpha() or word in NEVER_MISSPELT:
        return set()
    inside = range(1, len(word))
    missing = {word[:n] + word[n + 1 :] for n in inside}
    doubled = {word[:n] + word[n] + word[n:] for n in inside}
    exchanged = {
        word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in inside if n + 1 < len(word)
    }
    return missing | doubled | exchanged | {f"{word}e", f"{word}s"} - {word}


BY_ID = {platform.id: platform for platform in PLATFORMS}
BY_WORD = {
    word: platform.id
    for platform in PLATFORMS
    for word in (platform.id, *platform.words, *platform.short)
}
MISSPELT = {
    wrong: platform.id
    for platform in PLATFORMS
    if platform.words and platform.misspelt
    for wrong in sorted(misspelt(platform.id))
    if wrong not in BY_WORD
}
ABBREVIATIONS = word_set("bsky disc fb ig rblx sc tele tg tt vk yt")
"""Short words that are no words: "sur fb" and "his ig" mean the platform without a mark."""

PAYMENT = word_set(
    "buy-me-a-coffee cashapp chime interac ko-fi paypal revolut venmo wealthsimple wise zelle"
)
SHORT_WORDS = frozenset(word for platform in PLATFORMS for word in platform.short)
PAGES = sorted(
    (
        (page, platform.id, kind)
        for platform in PLATFORMS
        for kind, pages in (
            (Kind.HANDLE, platform.pages),
            (Kind.ACCOUNT, platform.account_pages),
        )
        for page in pages
    ),
    key=lambda entry: len(entry[0]),
    reverse=True,
)
PAGES_OF = {
    host: [entry for entry in PAGES if entry[0].partition("/")[0] == host]
    for host in {page.partition("/")[0] for page, _, _ in PAGES}
}
"""The pages by their host."""
NOT_SLUG = Pattern(r"[^\p{L}\p{N}]+")
NAME_IN_PATH = Pattern(r"^[A-Za-z0-9_.\-]{2,64}")
LANGUAGE = Pattern(r"^(?:[a-z]{2}(?:-[a-z]{2})?|mbasic|touch|web)\.")
LANGUAGE_IN_PATH = Pattern(r"^[a-z]{2}(?:-[A-Za-z]{2})?/")
# Names there are anybody's; the number is one person's.
PEOPLE = Pattern(r"^people/[^/?#]*/(?P<id>\d{2,64})(?:[/?#]|$)")


@lru_cache(maxsize=1024)
def platform_id(said: str) -> str:
    """The platform's id for whatever someone called it; an unknown one becomes a plain slug."""
    plain = unicodedata.normalize(
        "NFC", " ".join(unicodedata.normalize("NFC", said).lower().split())
    )
    slug = NOT_SLUG.sub("-", plain).strip("-")
    return BY_WORD.get(plain) or BY_WORD.get(slug) or slug


def folded(platform: str, name: str) -> str:
    """The name as that platform compares it.

    A platform that is not on our list keeps the case, since two names that differ in case may be
    two people there; so do the old Discord names with a number, which told cases apart. A name
    said without any platform is folded: it names no account, it only resembles some.
    """
    known = BY_ID.get(platform)
    if (known is None and platform) or (platform == "discord" and "#" in name):
        return name
    name = name.lower()
    return name if known is None or known.dots_matter else name.replace(".", "")


def profile_of(address: str) -> tuple[Kind, str, str] | None:
    """Whose page a normal-form web address is: (handle or account, platform, name), or None."""
    host, slash, path = address.removeprefix("www.").partition("/")
    name = host.removesuffix(".tumblr.com")
    if name != host and "." not in name:
        return Kind.HANDLE, "tumblr", name
    if not slash:
        return None
    for place in _places(host, path):
        for page, platform, kind in PAGES_OF.get(place.partition("/")[0], ()):
            if place.startswith(page):
                found = NAME_IN_PATH.match(place[len(page) :])
                name = found.group() if found else ""
                return (kind, platform, name) if _is_a_name(name.lower(), page) else None
    return None


def _places(host: str, path: str) -> Iterator[str]:
    """Host and path, then as they read without a language: "fr-ca.facebook.com", "…/fr/users/"."""
    people = PEOPLE.search(path) if host.endswith("facebook.com") else None
    path = f"profile.php?id={people['id']}" if people else path
    yield f"{host}/{path}"
    language, rest = LANGUAGE.search(f"{host}/"), LANGUAGE_IN_PATH.search(path)
    host = host[language.end() :] if language else host
    if language:
        yield f"{host}/{path}"
    if rest:
        yield f"{host}/{path[rest.end() :]}"


def _is_a_name(name: str, page: str) -> bool:
    """Whether what stands after a page's beginning is anybody's name and no page of the site."""
    if page[-1] not in "@$" and (name in NOT_A_NAME_IN_A_PATH or name.endswith(".php")):
        return False
    return name.strip("._-") != ""


def phone_of(address: str) -> str | None:
    """The phone number that a WhatsApp address names, with its plus sign, or None."""
    host, _, rest = address.removeprefix("www.").partition("/")
    if host == "wa.me":
        digits = rest.partition("?")[0].lstrip("+")
    elif host == "api.whatsapp.com":
        digits = parse_qs(rest.partition("?")[2]).get("phone", [""])[0].lstrip("+ ")
    else:
        return None
    return f"+{digits}" if digits.isascii() and digits.isdecimal() else None

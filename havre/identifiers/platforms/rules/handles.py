"""One form for each name and each account number on a platform."""

import unicodedata

from havre.identifiers.platforms.rules.platforms import BY_ID, folded, platform_id, profile_of
from havre.identifiers.rules.scan import Pattern
from havre.identifiers.rules.words import Found, Kind
from havre.identifiers.web.rules.urls import normal_url

LONGEST = 128

OUTSIDE = " \t\r\n@:'\"\u2018\u2019\u201c\u201d\u00ab\u00bb\u00a0\u202f`<>()[]"
AFTER_A_NAME = ".,;!?"
CONTROL = Pattern(r"[\p{Cc}\p{Cf}]")
LOOKS_LIKE_AN_ADDRESS = Pattern(r"(?i)^(?:https?://|www\.|[a-z0-9.\-]+\.[a-z]{2,6}/)")


def normal_handle(value: str, *, platform: str = "") -> str | None:
    """The form "platform:name", the name as that platform compares it; None when there is none.

    A profile's address is the name it shows. A platform named in the value itself wins over
    `platform`. A name without a platform is ":name".
    """
    said = _composed(value).strip()
    if _may_be_an_address(said) and LOOKS_LIKE_AN_ADDRESS.search(said):
        profile = profile_of(normal_url(said) or "")
        if profile is not None and profile[0] is Kind.HANDLE:
            return f"{profile[1]}:{folded(profile[1], profile[2])}"
    owner, name = _owner_and_name(said, platform)
    name = name.strip().lstrip("$") if owner == "cashapp" else name
    name = _composed(_bare(folded(owner, _bare(name))))
    if not name or len(name) > LONGEST or not _is_printable(name):
        return None
    return f"{owner}:{name}"


def _may_be_an_address(said: str) -> bool:
    """Whether a value holds what no address is without."""
    return "/" in said or said[:4].lower() == "www."


def _composed(said: str) -> str:
    return said if said.isascii() else unicodedata.normalize("NFC", said)


def _is_printable(name: str) -> bool:
    return name.isprintable() if name.isascii() else CONTROL.search(name) is None


def normal_account(value: str, *, platform: str = "") -> str | None:
    """The form "platform:number" of an account, the number exactly as the platform gave it."""
    said = unicodedata.normalize("NFC", value).strip()
    profile = profile_of(normal_url(said) or "") if LOOKS_LIKE_AN_ADDRESS.search(said) else None
    if profile is not None and profile[0] is Kind.ACCOUNT:
        return f"{profile[1]}:{profile[2]}"
    owner, number = _owner_and_name(said, platform)
    number = " ".join(number.split()).lstrip(":").strip()
    return (
        f"{owner}:{number}" if 0 < len(number) <= LONGEST and not CONTROL.search(number) else None
    )


def handle_from_address(found: Found) -> Found | None:
    """The handle or account that a found web address is the page of, or None."""
    profile = profile_of(found.value)
    if profile is None:
        return None
    kind, platform, name = profile
    value = f"{platform}:{folded(platform, name) if kind is Kind.HANDLE else name}"
    return Found(
        kind=kind,
        value=value,
        raw=found.raw,
        start=found.start,
        end=found.end,
        confidence=95,
        rule=f"{kind}.address",
        platform=platform,
    )


def _owner_and_name(said: str, platform: str) -> tuple[str, str]:
    """Whose name it is, as said in front of it or beside it, and the rest."""
    given = platform_id(platform)
    prefix, colon, rest = said.partition(":")
    if colon and prefix.strip().lower() == given:
        return given, rest
    if colon and prefix.strip().lower() in BY_ID:
        return prefix.strip().lower(), rest
    return given, said


def _bare(name: str) -> str:
    """The name without quotes, "@" or the sentence's punctuation around it."""
    name = " ".join(name.split())
    while True:
        shorter = name.strip(OUTSIDE).rstrip(AFTER_A_NAME)
        if shorter == name:
            return name
        name = shorter

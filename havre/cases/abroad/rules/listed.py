"""Groups listed as terrorist entities in Canada since 2025-12-10 that abuse children online.

Where one is named, the national-security police get a copy. A coerced child inside such a group is
a victim first: nothing here lowers that.
"""

import re

# A bare 764 is a number; with a word of a group beside it, it is the group.
_GROUP_WORD = r"(?:group|server|network|com|members?|groupe|serveur|réseau|membres?)"
_NAMES: dict[str, str] = {
    "764": rf"\b764\W{{1,3}}{_GROUP_WORD}\b|\b{_GROUP_WORD}\W{{1,3}}764\b",
    "Maniac Murder Cult": r"\bmaniac murder\w*|\bmaniacs murder\w*|\bM\.?K\.?Y\.?\b|\bMMC\b",
    "Terrorgram": r"\bterrorgram\w*",
}
_PATTERNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _NAMES.items()}


def listed_groups_in(*texts: str) -> tuple[str, ...]:
    """The listed groups that these texts name."""
    told = "\n".join(texts)
    return tuple(name for name, pattern in _PATTERNS.items() if pattern.search(told))

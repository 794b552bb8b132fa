"""Whether a text mentions danger, read broadly and before anything else has read it.

What is set aside as a flood is set aside only while it mentions none; a word too many here costs a
minute of a person's time.
"""

import re

from havre.intake.public.rules.languages import third_language_of, without_accents
from havre.intake.rules.submission import Submission

_WORDS = (
    # English
    r"danger\w*|urgen\w*|emergenc\w*|help me|please help|scared|afraid|hurt\w*|kill\w*|suicid\w*",
    r"die|weapon\w*|gun|knife|threat\w*|blackmail\w*|force[sd]?|tonight|tomorrow|right now",
    r"meet\w*|missing|ran away|running away|he is here|on (?:his|the) way|cut(?:ting)? myself",
    # French
    r"aide[zr]?[ -]moi|au secours|peur|bless\w*|tuer?|mourir|arme|couteau|menac\w*|chantage",
    r"forc\w+|ce soir|demain|maintenant|rencontr\w*|rendez[ -]vous|disparu\w*|fugu\w*",
    r"il est la|en route|me couper",
)
_DANGER = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b")


def mentions_danger(text: str) -> bool:
    """Whether a text holds any word of danger, in English or French."""
    return _DANGER.search(_plain(text)) is not None


def words_of_danger(text: str) -> frozenset[str]:
    """The words of danger that a text holds."""
    return frozenset(_DANGER.findall(_plain(text)))


def _plain(text: str) -> str:
    return " ".join(without_accents(text.casefold()).replace("\u2019", "'").split())


def may_be_danger(told: Submission) -> bool:
    """Whether a report that was set aside goes its way beside the others all the same.

    No word of danger waits behind a flood, and no language whose words of danger we do not know.
    """
    texts = [incident.narrative for incident in told.incidents]
    return (
        any(incident.danger_now or incident.meeting_planned for incident in told.incidents)
        or any(person.threats for person in told.people)
        or any(map(mentions_danger, texts))
        or third_language_of(texts) != ""
    )

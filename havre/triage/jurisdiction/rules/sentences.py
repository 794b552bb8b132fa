"""What the desk reads about evidence of place, in both languages."""

import tomllib
from functools import cache

from havre.triage.jurisdiction.rules.ladder import Evidence
from havre.triage.jurisdiction.rules.places import DATA


def evidence_sentence(evidence: Evidence, language: str) -> str:
    """One piece of evidence as a sentence, in French for "fr" and "fr-CA", else in English."""
    written = "fr" if language.startswith("fr") else "en"
    words = _words()
    return words["sentence"][evidence.code][written].format(
        shown=evidence.shown,
        whose=words["whose"][evidence.role][written],
        region=evidence.region,
    )


@cache
def _words() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads((DATA / "evidence.toml").read_text(encoding="utf-8"))

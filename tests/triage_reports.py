"""Reports made up for the tests of triage, and the vignettes with the bands a reader gave."""

import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from havre.intake.rules.submission import (
    Channel,
    FileFacts,
    Happening,
    Incident,
    Moment,
    PersonRole,
    Submission,
)
from havre.triage.rules.assess import assess
from havre.triage.rules.policy import load_policy
from havre.triage.rules.signs import find_signs
from havre.triage.rules.words import LinkFacts

# A Wednesday.
NOW = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
POLICY = load_policy()


def vignettes(name):
    """The vignettes of one file of tests/rooms."""
    path = Path(__file__).parent / "rooms" / name
    return tomllib.loads(path.read_text(encoding="utf-8"))["vignette"]


VIGNETTES = vignettes("vignettes.toml")


@dataclass(frozen=True, kw_only=True)
class Noted:
    """An identifier as another room would note it."""

    kind: str
    value: str = "x"
    role: PersonRole = PersonRole.SUSPECT
    field: str = "incidents.0.narrative"
    start: int = 0
    end: int = 1


def told(narrative="", *, people=(), files=(), reporter_is_minor=False, **incident):
    return Submission(
        channel=Channel.PUBLIC_FORM,
        language="en",
        incidents=(Incident(narrative=narrative, **incident),),
        people=tuple(people),
        files=tuple(files),
        reporter_is_minor=reporter_is_minor,
    )


def judged(submission, *, found=(), links=LinkFacts(), now=NOW):  # noqa: B008 - frozen
    return assess(submission, found=found, links=links, now=now, policy=POLICY)


def factors(submission, now=NOW):
    return {sign.factor for sign in find_signs(submission, now=now, policy=POLICY)}


def of_vignette(row):
    given_files = [
        FileFacts(
            classification=file.get("classification", ""),
            annotations=tuple(file.get("annotations", ())),
        )
        for file in row.get("files", ())
    ]
    submission = told(
        row["narrative"],
        files=given_files,
        reporter_is_minor=row.get("reporter_is_minor", False),
        happening=Happening(row.get("happening", "other")),
        danger_now=row.get("danger_now", False),
        meeting_planned=Moment(at=row["meeting_at"]) if "meeting_at" in row else None,
        escalation=row.get("escalation", ""),
        annotations=tuple(row.get("annotations", ())),
    )
    submission = replace(submission, channel=Channel(row.get("channel", "public-form")))
    return judged(submission, links=LinkFacts(strong=row.get("strong_links", 0)))

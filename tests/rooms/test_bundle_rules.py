"""What a report is in outline, and which are one empty form: without a database."""

import pytest

from havre.identifiers.rules.submissions import find_in_submission
from havre.intake.rules.submission import (
    Channel,
    FileFacts,
    Incident,
    Person,
    PersonRole,
    Place,
    PlaceRole,
    Submission,
)
from havre.triage.bundles.rules import outline_of
from tests.bundling import FORM


@pytest.mark.parametrize(
    "facts",
    [
        {"danger_now": True},
        {"escalation": "The child meets him tonight."},
        {"annotations": ("sextortion",)},
        {"text": "A file on our platform was flagged. Case {n}. He is 14."},
        {"text": "A file on our platform was flagged. Case {n}. Write to pier@example.com."},
        {"text": "A file on our platform was flagged. Case {n}. He wants to meet tonight."},
        {"places": (Place(role=PlaceRole.SUSPECT, city="Winnipeg"),)},
    ],
)
def test_what_holds_anything_never_stands_in_bulk(facts):
    told = {"text": FORM, **facts}
    incident = Incident(narrative=told.pop("text").format(n=7), **told)
    assert outlined(Submission(channel=Channel.ISPWS, language="en", incidents=(incident,))) == ""


@pytest.mark.parametrize(
    "facts",
    [
        {"files": (FileFacts(name="boat.jpg"),)},
        {"people": (Person(role=PersonRole.VICTIM),)},
        {"people": (Person(role=PersonRole.SUSPECT, names=("Robin Example",)),)},
        {"extra": (("report/personOrUserReported/groupIdentifier", "harbor"),)},
        {"reporter_is_minor": True},
    ],
)
def test_nor_does_what_holds_anything_beside_its_text(facts):
    incident = Incident(narrative=FORM.format(n=7))
    told = {"channel": Channel.ISPWS, "language": "en", "incidents": (incident,)}
    assert outlined(Submission(**told)) != ""
    assert outlined(Submission(**told, **facts)) == ""


def outlined(submission: Submission) -> str:
    found = find_in_submission(submission)
    return outline_of(submission, found, key=b"k" * 32).template


def test_a_form_is_the_same_with_another_number_and_another_with_other_words():
    def template(text: str, **facts) -> str:
        incident = Incident(narrative=text, **facts)
        return outlined(Submission(channel=Channel.ISPWS, language="en", incidents=(incident,)))

    assert template(FORM.format(n=1)) == template(FORM.format(n="a1b2-77"))
    assert template(FORM.format(n=1)) != template("Another text. Case 1.")
    assert template(FORM.format(n=1)) != template(FORM.format(n=1), category="x")

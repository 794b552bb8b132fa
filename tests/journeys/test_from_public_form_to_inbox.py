"""A report's whole way, over HTTP: told, queued, referred, accepted, answered for, read back."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from havre.agencies.actions import load_agencies
from havre.agencies.reads import agency_by_code
from havre.agencies.rules.directory import shipped_agencies
from havre.agencies.rules.permits import Role
from havre.audit.rules import Station
from havre.intake.reads import report_by_reference
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.wiring.route import walk
from tests import make
from tests.pages import OWN_PAGE, assert_sound, hidden, told, words_on

STORY = (
    "I am 15. He asked me to meet on Saturday in Winnipeg. "
    "His e-mail is dock.master@example.com. My number is 204-555-0142."
)
FIFTEEN_SECONDS = timedelta(seconds=15)


def tell(story: str, address: str = "/en/report") -> tuple[str, str]:
    """Send the public form as a person does; gives the reference and the words of the receipt."""
    client = Client()
    token = hidden(client.get(address).content, "token")
    with clock.clock_set_to(clock.now() + FIFTEEN_SECONDS):
        answer = told(client, address, story=story, token=token)
    reference = re.search(r"R-\w{4}-\w{4}", answer.content.decode()).group()
    return reference, " ".join(words_on(assert_sound(answer.content)))


def walk_the_route(reference: str) -> None:
    with acting_as(Station.PIPELINE.context):
        report = report_by_reference(reference, actor=Station.PIPELINE)
    walk(report.pk)


def text_of(answer) -> str:
    assert answer.status_code == 200
    return " ".join(assert_sound(answer.content).text_content().split())


@pytest.fixture
def country(db):
    load_agencies(shipped_agencies(), by=Station.SET_UP)


def test_a_public_report_reaches_the_detective_who_can_act_and_comes_back(country):
    police = agency_by_code("mb-ice")
    analyst = make.browser(make.analyst())
    detective = make.browser(make.officer(police))
    stranger = make.browser(make.officer(agency_by_code("nb-ice")))
    auditor = make.browser(make.officer(agency_by_code("opcc-bc"), Role.AUDITOR))

    # Two people write in about one man; the route runs.
    earlier, _ = tell("Someone at dock.master@example.com writes to my son. His e-mail is"
                      " dock.master@example.com.")  # fmt: skip
    reference, words = tell(STORY)
    for told_of in (earlier, reference):
        walk_the_route(told_of)

    # The analyst finds it in the queue, and on its page the why and the whereto.
    queue = text_of(analyst.get("/en/queue"))
    assert reference in queue
    assert "IMMEDIATE" in queue or "TODAY" in queue
    page = text_of(analyst.get(f"/en/reports/{reference}"))
    for seen in ("dock.master@example.com", earlier, police.name_en, "Rule:", "Masked"):
        assert seen in page

    # It is referred, and leaves the queue.
    given = {"to": police.code, "reason": "The child and the meeting are there."}
    after = analyst.post(f"/en/reports/{reference}/refer", given, follow=True)
    assert after.redirect_chain[-1][0] == "/en/queue"
    assert f"{reference} was referred to {police.name_en}." in text_of(after)
    assert f"/en/reports/{reference}".encode() not in after.content

    # Only that agency's detective finds it waiting.
    inbox = detective.get("/en/inbox")
    referral = re.search(r"/en/referrals/(R-\w{4}-\w{4})", inbox.content.decode()).group(1)
    assert referral not in text_of(stranger.get("/en/inbox"))
    foreign = stranger.get(f"/en/referrals/{referral}")
    missing = stranger.get("/en/referrals/R-0000-0000")
    assert foreign.status_code == missing.status_code == 404
    assert foreign.content.replace(referral.encode(), b"") == missing.content.replace(
        b"R-0000-0000", b""
    )

    # The detective reads it without the reporter's number, takes it, says what came of it.
    opened = text_of(detective.get(f"/en/referrals/{referral}"))
    assert "He asked me to meet on Saturday in Winnipeg." in opened
    assert "The child and the meeting are there." in opened
    assert "555-0142" not in opened
    detective.post(f"/en/referrals/{referral}/accept")
    outcome = {"disposition": "child-safeguarded", "count": "1", "usefulness": "5"}
    done = detective.post(f"/en/referrals/{referral}/outcome", outcome, follow=True)
    assert "Child safeguarded (1)" in text_of(done)

    # The reporter comes back with the receipt and sees that it was passed on.
    back = Client().post("/en/come-back", {"words": words}, **OWN_PAGE)
    told_back = text_of(back)
    assert "We passed it on to the service that can act." in told_back
    assert police.name_en not in told_back

    # The auditor reads all of that in the log.
    log = text_of(auditor.get("/en/log"))
    for line in (
        "Report received",
        "Report scored",
        "Queue read",
        "Report opened",
        "Report referred",
        "Inbox read",
        "Referral accepted",
        "Outcome recorded",
        "Report read by whoever sent it",
    ):
        assert line in log

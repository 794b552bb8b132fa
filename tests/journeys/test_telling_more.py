"""What is typed after a report was sent reaches it, or comes along to where it can be added."""

import pytest
from django.test import Client

from havre.audit.rules import Station
from havre.intake import models
from havre.intake.actions import open_report
from havre.plumbing.context import acting_as
from tests.walking import Walker

pytestmark = pytest.mark.django_db
STORY = {"story": "He is at the door."}


@pytest.fixture(params=["en", "fr"])
def walker(request) -> Walker:
    return Walker(Client(HTTP_HOST="localhost"), request.param)


def quickly(walker: Walker) -> Walker:
    """Send the short report of a child in danger."""
    walker.walk("quick", danger={"danger": "yes", "region": "MB"})
    walker.press(**STORY)
    assert walker.here == "done"
    return walker


def back(walker: Walker) -> None:
    walker.open(walker.tree.xpath("//a[@class='back']/@href")[0])


def further(walker: Walker) -> None:
    walker.open(
        walker.tree.xpath("//main//p[contains(@class, 'no-print')]/a[@class='btn']/@href")[0]
    )


def messages() -> list[str]:
    with acting_as(Station.PIPELINE.context):
        (report,) = models.Report.objects.all()
    opened = open_report(report.reference, by=Station.PIPELINE)
    assert opened.submission.incidents[0].narrative == "He is at the door."
    return [one.text for one in opened.messages]


def test_the_quick_page_sends_at_once_a_second_time_too_with_all_that_was_answered(walker):
    further(quickly(walker))
    walker.press(where_kind="app", where="Chatterbox")
    back(walker)
    back(walker)
    assert walker.here == "quick"
    assert not walker.tree.xpath("//textarea[@name='story']")[0].text.strip()
    walker.press(story="Now he is gone.", town="Lakeport")

    (text,) = messages()
    assert walker.here == "done"
    assert all(said in text for said in ("Now he is gone.", "Lakeport", "Chatterbox"))
    assert "He is at the door." not in text


def test_a_second_press_of_send_now_adds_nothing_and_shows_the_receipt(walker):
    walker.walk("quick", danger={"danger": "yes"})
    quick = walker.page
    walker.press(**STORY)
    walker.page = quick
    walker.press(**STORY)

    assert walker.here == "done"
    assert messages() == []
    further(walker)
    assert walker.here == "where"


def test_what_was_filed_with_a_quick_report_is_not_asked_again(walker):
    further(quickly(walker))
    back(walker)
    back(walker)
    assert walker.here == "done"
    danger = {"en": "/en/tell/danger", "fr": "/fr/dire/danger"}[walker.language]
    walker.open(danger)
    assert walker.here == "where"


def test_what_happened_a_second_time_is_added_with_its_kind(walker):
    further(quickly(walker))
    again = {"again": {"again": "yes"}, "what_2": {"happening": "pictures"}}
    walker.walk("check", **again)
    walker.press()

    kind = {"en": "Someone has pictures of a child", "fr": "photos d\u2019un enfant"}
    unanswered = {"en": "Choose", "fr": "Choisir"}
    assert kind[walker.language] in messages()[0]
    assert not messages()[0].endswith(unanswered[walker.language])

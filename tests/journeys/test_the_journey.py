"""The journey of the public door over HTTP: one question a page, the check, the receipt."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from havre.audit.rules import Station
from havre.intake import models
from havre.intake.actions import open_report
from havre.intake.public.drafts import COOKIE, KEPT_FOR, forget_old_drafts
from havre.intake.public.models import Draft
from havre.intake.rules.receipts import secret_of
from havre.intake.rules.submission import Access, AgeClass, Happening, PersonRole, Submission
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from tests.pages import OWN_PAGE, first_stops, hidden, words_on
from tests.walking import PLAIN, ROOTS, Walker

pytestmark = pytest.mark.django_db
LATER = timedelta(seconds=20)
FULL = {
    "story": {"story": "He asked me to meet on Saturday."},
    "where": {"where_kind": "app", "where": "Chatterbox", "links": "https://example.com/u/dock"},
    "when": {"when": "last Tuesday", "still_going": "yes"},
    "next": {"meeting": "Saturday at 2", "threats": "To tell my parents", "deadline": "Friday"},
    "person": {
        "their_name": "dock_master",
        "their_contact": "204-555-0142",
        "their_access": "work-or-care",
        "their_age": "40",
        "_button": "another",
    },
    "person_2": {"their_name": "pier_nine"},
    "child": {"child_age": "13", "region": "MB", "town": "Lakeport"},
    "more": {"anything_else": "He has a dog."},
    "you": {"my_name": "Sam", "my_contact": "sam@example.com", "contact_is_safe": "yes"},
}


@pytest.fixture(params=["en", "fr"])
def walker(request) -> Walker:
    return Walker(Client(HTTP_HOST="localhost"), request.param)


@pytest.fixture
def english() -> Walker:
    return Walker(Client(HTTP_HOST="localhost"))


def reports() -> list[models.Report]:
    with acting_as(Station.PIPELINE.context):
        return list(models.Report.objects.order_by("id"))


def told() -> Submission:
    (report,) = reports()
    return open_report(report.reference, by=Station.PIPELINE).submission


def sent(walker: Walker, **answers: dict[str, str]) -> bytes:
    """Walk to the check, and send some time after the first page was opened."""
    walker.walk("check", **answers)
    with clock.clock_set_to(clock.now() + LATER):
        return walker.press().content


def test_every_answer_of_a_grown_up_reaches_the_report(walker):
    again = {"again": {"again": "yes"}, "what_2": {"happening": "pictures"}}
    page = sent(walker, **FULL, **again, story_2={"story": "Someone else asked for a photo."})

    (report,) = reports()
    submission = told()
    first, second = submission.incidents
    suspects = [one for one in submission.people if one.role is PersonRole.SUSPECT]
    (child,) = [one for one in submission.people if one.role is PersonRole.VICTIM]
    (teller,) = [one for one in submission.people if one.role is PersonRole.REPORTER]
    assert report.reference in page.decode()
    assert (report.language, report.quarantined) == (walker.language, False)
    assert (first.happening, second.happening) == (Happening.MEETING, Happening.PICTURES)
    assert (first.narrative, first.platform) == ("He asked me to meet on Saturday.", "Chatterbox")
    assert (first.meeting_planned.said, first.moment.said) == ("Saturday at 2", "last Tuesday")
    assert [one.value for one in first.identifiers] == ["https://example.com/u/dock"]
    assert second.narrative == "Someone else asked for a photo."
    assert [one.identifiers[0].value for one in suspects] == ["dock_master", "pier_nine"]
    assert (suspects[0].access, suspects[0].age_class) == (Access.WORK_OR_CARE, AgeClass.ADULT)
    assert suspects[0].threats == ("To tell my parents",)
    assert (child.age, child.places[0].region, child.places[0].city) == (13, "MB", "Lakeport")
    assert teller.names == ("Sam",)
    assert dict(submission.extra)["deadline"] == "Friday"
    assert submission.reply_wanted
    assert not submission.reporter_is_minor


def test_only_what_happened_must_be_said(walker):
    sent(walker)

    assert told().incidents[0].happening is Happening.MEETING
    assert told().people == ()
    assert walker.seen == [
        "what", "danger", "story", "where", "when", "next", "again", "person", "child", "more",
        "you",
    ]  # fmt: skip


def test_every_page_of_the_way_is_sound_has_the_way_out_second_and_no_cookie_before_an_answer(
    walker,
):
    walker.open()
    assert not walker.client.cookies
    while walker.here != "done":
        tree = walker.tree
        assert first_stops(tree) == ["skip", "exit"]
        assert tree.get("lang") == walker.language
        assert walker.page["Cache-Control"] == "no-store"
        walker.press(**PLAIN.get(walker.here, {}))
    assert [(name, m["httponly"], m["samesite"]) for name, m in walker.client.cookies.items()] == [
        (COOKIE, True, "Lax")
    ]


@pytest.mark.parametrize("page", ["what", "danger", "where", "again"])
def test_a_choice_not_made_is_named_above_and_beside_and_the_rest_stays(english, page):
    english.walk(page)

    english.press(where="Chatterbox") if page == "where" else english.press()

    tree = english.tree
    assert english.page.status_code == 422
    assert len(tree.xpath("//div[contains(@class, 'summary')]//a")) == 1
    assert len(tree.xpath("//p[@class='fault']")) == 1
    assert tree.xpath("//title")[0].text.startswith("Error")
    if page == "where":
        assert tree.xpath("//input[@name='where']/@value") == ["Chatterbox"]
    english.press(**PLAIN[page])
    assert english.page.status_code == 200
    assert english.here != page


def test_the_other_language_keeps_what_was_answered_and_what_is_being_typed(english):
    english.walk("person", story={"story": "He asked me to meet."})
    other = english.tree.xpath("//*[contains(@class, 'lang')]/@formaction")[0]
    english.language = "fr"
    english.press("other_language", _at=other, their_name="dock_master")

    assert english.tree.get("lang") == "fr"
    assert english.tree.xpath("//textarea[@name='their_name']")[0].text.strip() == "dock_master"
    page = sent(english, person={"their_name": "dock_master"})
    assert reports()[0].language == "fr"
    assert told().incidents[0].narrative == "He asked me to meet."
    assert len(words_on(english.tree)) == 8
    assert b"R-" in page


def test_the_check_shows_every_answer_and_a_change_comes_back_to_it(english):
    english.walk("check", **FULL)
    text = english.tree.text_content()
    assert "He asked me to meet on Saturday." in text
    assert "Teaches, coaches, works with or looks after children" in text
    assert "Not provided" in text
    change = english.tree.xpath("//a[contains(., 'When did it happen')]/@href")[0]
    english.open(change)
    english.press(when="on Monday")

    assert english.here == "check"
    assert "on Monday" in english.tree.text_content()


def test_one_of_several_people_can_be_taken_out_again(english):
    english.walk("check", **FULL)
    english.press("remove=person")

    assert english.here == "check"
    assert "dock_master" not in english.tree.text_content()
    assert "pier_nine" in english.tree.text_content()
    assert not english.tree.xpath("//button[@name='remove']")


def test_sent_twice_reloaded_or_gone_back_it_is_one_report_with_one_reference(english):
    english.walk("check")
    check = english.page
    first = english.press().content
    english.page = check
    second = english.press().content
    reloaded = english.client.get("/en/tell/done").content
    english.open("/en/tell/check")

    assert len(reports()) == 1
    assert english.here == "done"
    assert {re.search(rb"R-\w{4}-\w{4}", one).group() for one in (first, second, reloaded)} == {
        reports()[0].reference.encode()
    }


def test_two_sendings_at_once_from_one_draft_are_one_report(english):
    english.walk("check")
    (row,) = Draft.objects.all()
    body = bytes(row.body)
    first = re.search(rb"R-\w{4}-\w{4}", english.press().content).group()
    Draft.objects.update(body=body)  # the answer was lost before the draft was kept
    english.open("/en/tell/check")
    again = re.search(rb"R-\w{4}-\w{4}", english.press().content).group()

    assert first == again
    assert len(reports()) == 1


def test_nobody_stands_on_a_page_that_their_answers_do_not_lead_to(english):
    english.open("/en/tell/check")
    assert english.here == "what"
    english.walk("story")
    english.open("/en/tell/more")
    assert english.here == "story"
    english.open("/en/tell/quick")
    assert english.here == "story"
    assert english.client.get("/en/tell/nothing").status_code == 404
    assert english.client.get("/en/tell/quoi").status_code == 404


def test_danger_shows_the_number_of_the_place_and_files_at_once(walker):
    danger = {"danger": "yes", "region": "NU"}
    walker.walk("quick", danger=danger)
    page = walker.page.content.decode()
    assert "867-979-1111" in page.replace("\u00a0", "-").replace("867 979", "867-979")
    assert "tel:911" not in page
    with clock.clock_set_to(clock.now() + LATER):
        walker.press(story="He is at the door.", town="Iqaluit", my_contact="555-0142")

    (report,) = reports()
    assert walker.here == "done"
    assert report.danger_now
    assert told().incidents[0].narrative == "He is at the door."
    (child,) = [one for one in told().people if one.role is PersonRole.VICTIM]
    assert (child.places[0].region, child.places[0].city) == ("NU", "Iqaluit")
    page = walker.page.content.decode()
    assert page.index('class="danger"') < page.index('class="receipt"')


def test_what_is_answered_after_a_quick_report_is_added_to_it_once(english):
    english.walk("quick", danger={"danger": "yes"})
    english.press(story="He is at the door.")
    english.open(english.tree.xpath("//a[contains(., 'Tell us more now')]/@href")[0])
    assert english.here == "where"
    english.walk("check", **FULL)
    assert "He is at the door." not in english.tree.text_content()
    check = english.page
    english.press()
    assert "What you added is with your report." in english.page.content.decode()
    english.page = check
    english.press()

    (report,) = reports()
    (message,) = open_report(report.reference, by=Station.PIPELINE).messages
    assert message.from_reporter
    assert "dock_master" in message.text
    assert "Saturday at 2" in message.text


def test_a_draft_is_ciphertext_whose_key_is_in_the_cookie_alone(english):
    english.walk("where", story={"story": "The marker bluebird."})
    (row,) = Draft.objects.all()
    cookie = english.client.cookies[COOKIE].value

    assert b"bluebird" not in bytes(row.body)
    assert cookie not in row.lookup
    english.client.cookies[COOKIE] = cookie[:-4] + "0000"
    english.open("/en/tell/where")
    assert english.here == "what"


def test_a_draft_is_gone_after_its_hour_and_says_so(english):
    english.walk("where", story={"story": "He asked me to meet."})
    with clock.clock_set_to(clock.now() + KEPT_FOR + LATER):
        english.open("/en/tell/where")
        assert english.here == "what"
        assert "Your draft is not here any more" in english.page.content.decode()
        assert forget_old_drafts() == 1
    assert not Draft.objects.exists()


def test_leaving_deletes_the_draft_at_once(english):
    english.walk("where", story={"story": "He asked me to meet."})

    answer = english.client.get("/exit")

    assert (answer.status_code, answer["Clear-Site-Data"]) == (303, '"cookies", "storage"')
    assert not Draft.objects.exists()


def test_what_was_typed_is_forgotten_as_soon_as_it_is_filed_and_all_of_it_when_asked(english):
    page = sent(english, **FULL)
    assert b"Chatterbox" not in page
    assert secret_of(" ".join(words_on(english.tree))).secret is not None

    english.press()

    assert english.page.request["PATH_INFO"] == "/en/"
    assert not Draft.objects.exists()
    english.open("/en/tell/done")
    assert english.here == "come-back"


def test_the_words_open_the_report_that_the_journey_filed(english):
    sent(english, **FULL)
    words = " ".join(words_on(english.tree))

    mine = english.client.post("/en/come-back", {"words": words}, **OWN_PAGE)

    assert mine.status_code == 200
    assert reports()[0].reference in mine.content.decode()


def test_a_page_from_elsewhere_changes_nothing(english):
    english.walk("story")
    answer = english.client.post(
        "/en/tell/story", {"story": "Forged."}, HTTP_SEC_FETCH_SITE="cross-site"
    )

    assert answer.status_code == 403
    assert "Forged." in answer.content.decode()
    english.open("/en/tell/where")
    assert english.here == "story"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_link_may_name_what_happened_and_who_sent_somebody_here(english, language):
    english.language = language
    english.open(f"{ROOTS[language]}{english.first}?what=threat&via=lakeport-police")
    assert english.tree.xpath("//input[@checked]/@value") == ["threat"]
    sent(english, what={"happening": "threat"})

    assert "via:lakeport-police" in told().incidents[0].annotations


def test_a_link_that_carries_nonsense_is_not_heard(english):
    page = english.open("/en/tell/what?what=nothing&via=<script>").content.decode()

    assert "script>" not in page.replace("</script>", "")
    assert 'name="via"' not in page


def test_a_filled_trap_goes_to_quarantine_and_is_kept(english):
    english.walk("check")
    with clock.clock_set_to(clock.now() + LATER):
        english.press(website="https://example.com/")

    assert [one.quarantined for one in reports()] == [True]


def test_without_cookies_nothing_is_lost_silently(english):
    english.open()
    token = hidden(english.page.content, "token")
    english.client.cookies.clear()
    english.client.post("/en/tell/what", {"happening": "threat", "token": token}, **OWN_PAGE)
    english.client.cookies.clear()
    english.page = english.client.post("/en/tell/danger", {"danger": "no"}, follow=True, **OWN_PAGE)

    assert english.here == "what"
    assert "This browser did not keep your answer" in english.page.content.decode()


@pytest.mark.parametrize(("town", "is_known"), [("in iqaluit", True), ("the blue house", False)])
def test_danger_in_a_town_with_a_number_of_its_own_shows_that_one_first(english, town, is_known):
    english.walk("danger")
    english.press(danger="yes", region="NU")
    english.press(story="He is here now.", town=town)

    shown = english.tree.xpath("//section[@class='danger']//dd")[0].text_content()
    assert english.here == "done"
    assert ("867-979-1111" in shown) is is_known
    assert "blue house" not in english.page.content.decode()


def test_a_page_that_is_the_same_for_all_shows_nobody_another_s_answers(english):
    other = Walker(Client(HTTP_HOST="localhost"))
    for one in (english, other):
        one.walk("person")
    blank = other.page.content
    english.press("another", their_name="dock_master")

    assert b"dock_master" in english.open("/en/tell/person").content
    assert other.open("/en/tell/person").content == blank
    first = [Client(HTTP_HOST="localhost").get("/en/tell/what").content for _ in range(2)]
    tokens = [hidden(page, "token").encode() for page in first]
    assert tokens[0] != tokens[1]
    assert first[0].replace(tokens[0], b"") == first[1].replace(tokens[1], b"")

"""T18, small: whatever is sent to a form is taken as words, or refused kindly; nothing breaks."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest

from tests.trials.house_under_fire import ON_AN_ERROR_PAGE
from tests.trials.test_canary import JOURNEY, REFERENCE, has_walked, referral_of, until
from tests.trials.visitors import Visitor, Walker

PLAIN = {"happening": "meeting", "story": "He asked me to meet on Saturday."}
TEXTS = (
    *("story", "where", "their_name", "their_contact", "child_age", "town", "meeting"),
    *("my_name", "my_contact", "anything_else"),
)
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'`{{{{7*7}}}}{{% now %}}&amp;{}"
ODD = {
    "bidi": "abc \u202egnp.exe\u202c \u2066inside\u2069 \u200f\u200e",
    "homoglyphs": "\u0440\u0430\u0443\u0440\u0430l \uff46\uff55\uff4c\uff4c",
    "emoji": "👩‍👩‍👧‍👦🏴󠁧󠁢󠁳󠁣󠁴󠁿🇨🇦 e\u0301\u0301\u0301\u0301",
    "inuktitut": "ᐃᓄᒃᑎᑐᑦ ᓱᕈᓯᖅ",
    "nothing but spaces within": "a\u00a0\u2003\u3000b",
    "noncharacters": "a\ufffe\uffff\ufeffb",
}
# Answers of the journey that are chosen, not typed.
CHOSEN = {"happening", "danger", "region", "where_kind", "again"}
STATUS_OF_REFUSALS = {400, 403, 404, 413, 422}


@pytest.fixture(scope="module")
def scripted(house) -> tuple[str, Visitor, list[str]]:
    """A report with a script in every field: its reference, who sent it, the receipt's words."""
    person = Visitor(house)
    answers = {name: SCRIPT.format(name) for name in TEXTS}
    thanks = person.report({**answers, "happening": "meeting", "region": "MB"})
    assert thanks.status == 200
    reference = REFERENCE.search(thanks.text)[0]
    words = thanks.words()
    mine = person.post("/en/come-back", {"words": " ".join(words)})
    added = {"ticket": mine.hidden("ticket"), "message": SCRIPT.format("message")}
    assert person.post("/en/come-back/add", added).status == 200
    assert until(lambda: has_walked(house, reference))
    return reference, person, words


def assert_inert(text: str) -> None:
    """No markup of theirs is markup of ours, and no template of theirs was run."""
    assert "<script>alert" not in text
    assert not re.search(r"<img[^>]*onerror", text)
    assert "49&" not in text
    assert all('src="/static/' in tag for tag in re.findall(r"<script[^>]*>", text))


def test_a_script_in_every_field_is_only_text_at_the_desk_and_to_its_reporter(
    house, officers, scripted
):
    reference, person, words = scripted
    desk, page = officers["analyst"], f"/en/reports/{reference}"
    assert desk.post(f"{page}/answer", {"text": SCRIPT.format("answer")}).status == 302
    shown = desk.get(page).text
    assert_inert(shown)
    plain = unescape(re.sub(r"</?mark[^>]*>", "", shown))
    for name in ("story", "anything_else", "meeting", "town", "message", "answer"):
        assert SCRIPT.format(name) in plain, name
    mine = person.post("/en/come-back", {"words": " ".join(words)})
    assert_inert(mine.text)
    assert SCRIPT.format("answer") in unescape(mine.text)


def test_a_script_is_only_text_in_the_queue_and_to_the_addressee(house, officers, scripted):
    reference, _person, _words = scripted
    desk, them = officers["analyst"], officers["detective"]
    assert_inert(desk.get("/en/queue").text)
    sent = {"to": "winnipeg-police", "reason": SCRIPT.format("reason")}
    assert desk.post(f"/en/reports/{reference}/refer", sent).location == "/en/queue"
    assert_inert(them.get("/en/inbox").text)
    page = them.get(f"/en/referrals/{referral_of(house, reference)}").text
    assert_inert(page)
    assert SCRIPT.format("reason") in unescape(page)
    for name in ("my_name", "my_contact"):
        assert SCRIPT.format(name) not in unescape(page)


def test_a_script_on_every_page_of_the_journey_is_only_text_there_and_at_the_desk(house, officers):
    told = {
        page: {
            name: said if name in CHOSEN else SCRIPT.format(f"{page}-{name}")
            for name, said in fields.items()
        }
        for page, fields in JOURNEY.items()
    }
    walker = Walker(Visitor(house), told)
    done = walker.walk()
    for page in walker.seen:
        assert_inert(page.text)
    check = next(
        page for page in walker.seen if SCRIPT.format("you-my_name") in unescape(page.text)
    )
    for page, fields in told.items():
        for name in fields.keys() - CHOSEN:
            assert SCRIPT.format(f"{page}-{name}") in unescape(check.text), (page, name)
    reference = REFERENCE.search(done.text)[0]
    assert until(lambda: has_walked(house, reference))
    shown = officers["analyst"].get(f"/en/reports/{reference}").text
    assert_inert(shown)
    plain = unescape(re.sub(r"</?mark[^>]*>", "", shown))
    for told_on in ("story-story", "story-2-story", "next-threats", "more-anything_else"):
        assert SCRIPT.format(told_on) in plain, told_on


def test_a_script_that_is_refused_comes_back_as_text(house):
    slip = {name: SCRIPT.format(name) for name in TEXTS}
    page = Visitor(house).report({**slip, "happening": SCRIPT, "token": "x"})
    assert page.status == 422
    assert_inert(page.text)
    assert SCRIPT.format("story") in unescape(page.text)
    odd = Visitor(house).post("/en/come-back", {"words": SCRIPT, "message": SCRIPT})
    assert odd.status == 422
    assert_inert(odd.text)


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_text_is_kept_as_it_was_typed(house, officers, text):
    thanks = Visitor(house).report({**PLAIN, "story": f"He wrote: {text}."})
    reference = REFERENCE.search(thanks.text)[0]
    shown = officers["analyst"].get(f"/en/reports/{reference}")
    assert f"He wrote: {text}." in unescape(re.sub(r"</?mark[^>]*>", "", shown.text))


def test_twenty_thousand_characters_go_in_and_one_more_is_asked_to_be_shorter(house):
    story = "ab é𝄞 " * 3_334
    assert Visitor(house).report({**PLAIN, "story": story[:19_999] + "."}).status == 200
    longer = Visitor(house).report({**PLAIN, "story": "x" * 20_001})
    assert longer.status == 422
    assert "x" * 20_001 in longer.text


@pytest.mark.parametrize("megabytes", [2, 30])
def test_a_body_that_is_far_too_large_is_refused_and_nothing_is_stored(house, megabytes):
    before = house.ask("SELECT count(*) FROM intake_report")
    try:
        page = Visitor(house).report({**PLAIN, "story": "x" * (megabytes * 1_000_000)})
    except (BrokenPipeError, ConnectionResetError):
        pass  # it was refused before it was read
    else:
        assert page.status in STATUS_OF_REFUSALS
        assert not ON_AN_ERROR_PAGE.search(page.text)
    assert house.ask("SELECT count(*) FROM intake_report") == before


def test_bytes_that_are_no_text_and_stray_controls_break_nothing(house):
    token = Visitor(house).get("/en/report").hidden("token")
    head = urlencode({"happening": "meeting", "token": token}).encode()
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    body = head + b"&story=He+%00%01%1b%7fasked+%ff%fe%c3%28+%ed%a0%80+me.&%00=%00"
    page = Visitor(house).ask("POST", "/en/report", body, **form)
    assert page.status == 200
    assert "\x00" not in page.text


@pytest.mark.parametrize(
    "path", ["/en/report", "/en/come-back", "/en/come-back/add", "/en/sign-in"]
)
def test_a_nul_in_any_field_breaks_no_page(house, path):
    names = ("token", "ticket", "words", "message", "login", "password", "happening", "region")
    page = Visitor(house).post(path, dict.fromkeys(names, "a\x00b"))
    assert page.status in STATUS_OF_REFUSALS


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("analyst", "/en/queue?lane=%00&channel=%00&spoken=%00&after=%00"),
        ("analyst", "/en/queue?after=99999999999999999999_-1_9e99_" + "0" * 32),
        ("analyst", "/en/queue?after=1_1_nan_" + "0" * 32),
        ("analyst", "/en/reports/%00"),
        ("analyst", "/en/reports/R-%F0%9F%8C%8A"),
        ("analyst", "/en/reports/" + "R" * 5_000),
        ("detective", "/en/inbox?state=%00&after=%00"),
        ("detective", "/en/inbox?after=9e99_" + "0" * 32),
        ("detective", "/en/referrals/%00"),
        ("auditor", "/en/log?event=%00&about=%00&after=%00"),
        ("auditor", "/en/log?about=%F0%9F%8C%8A&after=" + "f" * 60),
    ],
)
def test_odd_addresses_of_the_desk_are_no_fault_of_ours(officers, who, path):
    assert officers[who].get(path).status in {200, 400, 404}


def test_a_line_break_in_a_field_makes_no_header(house, officers):
    broken = "x\r\nSet-Cookie: taken=1\r\n\r\n<p>"
    for visitor, path in (
        (Visitor(house), "/en/report"),
        (Visitor(house), "/en/come-back"),
        (officers["analyst"], "/en/queue"),
    ):
        page = visitor.get(path, after=broken, next=broken, lane=broken)
        assert page.status == 200
        assert "taken" not in visitor.cookies
    page = Visitor(house).report({**PLAIN, "my_name": broken, "town": broken})
    assert page.status == 200
    assert "taken" not in str(page.headers)


def test_of_a_field_that_comes_twice_one_counts_and_both_tokens_make_one_report(house):
    person = Visitor(house)
    token = person.get("/en/report").hidden("token")
    twice = [*PLAIN.items(), ("story", "The second word."), ("token", "x"), ("token", token)]
    first, second = (person.post("/en/report", twice) for _ in range(2))
    assert first.status == second.status == 200
    assert REFERENCE.search(first.text)[0] == REFERENCE.search(second.text)[0]


def test_fields_that_the_form_does_not_have_change_nothing(house):
    mine = {
        "id": "00000000-0000-7000-8000-000000000000",
        "reference": "R-0000-0000",
        "quarantined": "false",
        "website": "https://example.com/",
        "compartment": "trafficking",
        "channel": "ispws",
        "provider": "example-chat",
        "retention_class": "none",
        "received_at": "2001-01-01",
        "legal_basis": "court-order",
        "danger_now": "true",
    }
    thanks = Visitor(house).report({**PLAIN, **mine})
    reference = REFERENCE.search(thanks.text)[0]
    assert reference != mine["reference"]
    ((channel, provider, compartment, quarantined, danger, fresh),) = house.ask(
        "SELECT channel, provider_id, compartment, quarantined, danger_now,"
        " received_at > now() - interval '1 hour' FROM intake_report"
        f" WHERE reference = '{reference}'"
    )
    assert (channel, provider, compartment) == ("public-form", None, "general")
    assert (quarantined, danger, fresh) == (True, False, True)

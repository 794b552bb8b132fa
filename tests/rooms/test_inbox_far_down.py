"""The inbox when an agency has been sent very much: bounds and places (decision 035)."""

from datetime import UTC, datetime, timedelta

import pytest

from havre.audit.rules import Station
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.plumbing.values import counts
from havre.plumbing.values.counts import MoreThan
from havre.referrals.actions import read_inbox
from havre.referrals.inbox import listing
from havre.referrals.models import Referral
from havre.referrals.rules.outcomes import ReferralState
from havre.referrals.wording import PARTS
from tests import make

MORNING = datetime(2026, 11, 26, 9, tzinfo=UTC)
MOST_PAGES = 30
LISTED = [state for state in ReferralState if state != ReferralState.UNDONE]


@pytest.fixture(autouse=True)
def harbor(db):
    return make.directory()


@pytest.fixture
def detective(harbor):
    return make.officer(harbor)


@pytest.fixture
def sent(harbor):
    analyst = make.analyst()

    def send(state: str = "sent", band: str = "B", minutes: int = 0, **facts) -> str:
        report = make.report("He asked me to meet on Saturday.")
        referral = make.referral(report, to=harbor, by=analyst)
        facts |= {"answer_by": MORNING + timedelta(minutes=minutes), "band": band, "state": state}
        with acting_as(Station.PIPELINE.context):
            Referral.objects.filter(pk=referral.pk).update(**facts)
        return referral.reference

    return send


def references(page) -> list[str]:
    return [row.referral.reference for row in page.rows]


def walked(detective, *, between=lambda: None, **asked) -> list[str]:
    """All that one sees who goes from page to page; `between` happens before each next one."""
    seen, after = [], ""
    for _ in range(MOST_PAGES):
        page = read_inbox(after=after, by=detective, **asked)
        seen += references(page)
        if not page.next:
            return seen
        after = page.next
        between()
    pytest.fail("one page after another, and no end")


@pytest.fixture
def bound(monkeypatch):
    monkeypatch.setattr(counts, "MOST_COUNTED", 3)
    monkeypatch.setattr(listing, "INBOX_ROWS", 2)


@pytest.mark.usefixtures("bound")
@pytest.mark.parametrize("state", ["", "all", "sent", "late"])
@pytest.mark.parametrize(("there", "told"), [(3, 3), (4, MoreThan(3))])
def test_what_stands_in_an_inbox_is_counted_exactly_up_to_the_bound(
    sent, detective, state, there, told
):
    for _ in range(there):
        sent()

    page = read_inbox(state=state, by=detective)

    assert (page.chosen, page.late, page.new) == (told, told, told)
    assert page.mine == 0


@pytest.mark.parametrize(
    ("address", "words", "late"),
    [
        ("/en/inbox", "2 of more than 3", "more than 3 past the time"),
        ("/fr/reception", "2 sur plus de 3", "plus de 3 en retard"),
    ],
)
@pytest.mark.usefixtures("bound")
def test_the_inbox_says_more_than_in_either_language(sent, detective, address, words, late):
    for _ in range(4):
        sent()

    shown = make.browser(detective).get(address).content.decode()

    assert words in shown
    assert late in shown


@pytest.mark.parametrize("asked", ["", "all", *LISTED, *PARTS])
def test_each_choice_lists_what_it_names_in_one_order(sent, detective, monkeypatch, asked):
    """What waits, then what is settled; by lane, then by the day of the answer."""
    monkeypatch.setattr(listing, "INBOX_ROWS", 2)
    later, now = MORNING + timedelta(hours=1), clock.now()
    news = {"seen_at": MORNING, "news_at": later}
    made = {
        sent(state, band, minutes): (state, band, minutes, "")
        for minutes, state in enumerate(LISTED)
        for band in "CA"
    }
    made[sent("closed", "B", **news)] = ("closed", "B", 0, "news")
    made[sent("sent", "B", 5, assigned_to=detective)] = ("sent", "B", 5, "mine")
    made[sent("accepted", "B", act_by=now + timedelta(days=9), seen_at=now)] = (
        *("accepted", "B", 0),
        "taken",
    )
    sent("undone")

    def is_asked_for(state: str, more: str) -> bool:
        is_open = state in {"sent", "opened", "accepted"} or more == "news"
        late = state in {"sent", "opened"}
        unread = state == "sent" or more == "news"
        parts = {
            "": is_open,
            "all": True,
            "free": is_open and more != "mine",
            "late": is_open and late,
            "mine": more == "mine",
            "unread": is_open and unread,
        }
        return parts.get(asked, state == asked)

    wanted = {
        reference: (state not in {"sent", "opened"}, band, minutes)
        for reference, (state, band, minutes, more) in made.items()
        if is_asked_for(state, more)
    }

    seen = walked(detective, state=asked)

    assert sorted(seen) == sorted(wanted)
    assert [wanted[one] for one in seen] == sorted(wanted.values())
    assert read_inbox(state=asked, by=detective).chosen == len(wanted)


@pytest.mark.parametrize("asked", ["", "all", "sent"])
def test_pages_lose_and_double_nothing_while_referrals_come_and_go(
    sent, detective, monkeypatch, asked
):
    monkeypatch.setattr(listing, "INBOX_ROWS", 2)
    # Of one lane and one moment, so that only their ids tell them apart.
    standing = [sent() for _ in range(5)]
    going, late = sent(minutes=-1), []

    def happens() -> None:
        if len(late) < 2:
            sent("sent", "A")
            late.append(sent(minutes=1 + len(late)))
            with acting_as(Station.PIPELINE.context):
                Referral.objects.filter(reference=going).update(state="undone")

    seen = walked(detective, between=happens, state=asked)

    assert len(seen) == len(set(seen))
    assert set(standing) <= set(seen)
    assert seen[-2:] == late


@pytest.mark.parametrize(
    "after",
    [
        f"0_A_{'9' * 11}.000000_{'0' * 32}",
        f"1_D_\u0661.000000_{'0' * 32}",
        f"2_A_1.000000_{'0' * 32}",
        f"0_E_1.000000_{'0' * 32}",
        "0_A_1.000000_00000000' OR 1=1 --",
        "0_A_1.000000_\x00",
        "_" * 5_000,
    ],
)
def test_a_place_that_somebody_made_up_breaks_nothing(sent, detective, after):
    sent("sent", "A")

    answer = make.browser(detective).get("/en/inbox", {"after": after, "state": "all"})

    assert answer.status_code == 200


def test_behind_the_last_of_what_is_settled_there_is_nothing(sent, detective):
    sent("closed")
    waiting_for_more = f"1_D_2000000000.000000_{'f' * 32}"

    assert read_inbox(state="sent", after=waiting_for_more, by=detective).rows == ()
    assert read_inbox(state="all", after=waiting_for_more, by=detective).rows == ()


@pytest.mark.usefixtures("bound")
def test_the_head_counts_every_part_of_what_is_late_unread_and_mine(sent, detective):
    """Each part has a count of its own, and nothing is counted twice."""
    later, ahead = MORNING + timedelta(hours=1), 60 * 24 * 400
    sent("opened", minutes=ahead, seen_at=later)
    nothing = read_inbox(by=detective)
    sent("accepted", act_by=MORNING, seen_at=later)
    late = read_inbox(by=detective)
    sent("closed", seen_at=MORNING, news_at=later, assigned_to=detective)
    mine = read_inbox(by=detective)
    sent("sent", assigned_to=detective)

    def told(page) -> tuple:
        return page.late, page.new, page.mine, page.chosen

    assert told(nothing) == (0, 0, 0, 1)
    assert told(late) == (1, 0, 0, 2)
    assert told(mine) == (1, 1, 1, 3)
    assert told(read_inbox(by=detective)) == (2, 2, 2, MoreThan(3))

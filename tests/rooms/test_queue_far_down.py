"""The queue when very many wait: counts up to a bound, and places far down (decision 035)."""

from datetime import UTC, datetime, timedelta

import pytest

from havre.audit.rules import Station
from havre.plumbing.context import acting_as
from havre.plumbing.values import counts
from havre.plumbing.values.counts import MoreThan
from havre.triage import reads
from havre.triage.actions import put_in_queue, read_queue
from havre.triage.models import QueueItem
from havre.triage.rules.ranks import RANKS, SET_ASIDE_RANK
from havre.triage.rules.words import Band
from tests import make

MORNING = datetime(2026, 11, 26, 9, tzinfo=UTC)
MOST_PAGES = 30


@pytest.fixture(autouse=True)
def harbor(db):
    return make.directory()


@pytest.fixture
def analyst(harbor):
    return make.analyst()


def waiting(rank: int = 1, risk: int = 0, minutes: int = 0) -> str:
    """A report at a place of its own choice, unscored."""
    report = make.report("He writes every day.", walks=False)
    put_in_queue(report.pk, by=Station.PIPELINE)
    at = MORNING + timedelta(minutes=minutes)
    with acting_as(Station.PIPELINE.context):
        QueueItem.objects.filter(report=report).update(rank=rank, risk=risk, queued_at=at)
    return report.reference


def references(page) -> list[str]:
    return [row.report.reference for row in page.rows]


def walked(analyst, *, between=lambda seen: None, **asked) -> list[str]:
    """All that one sees who goes from page to page; `between` happens before each next one."""
    seen, after = [], ""
    for _ in range(MOST_PAGES):
        page = read_queue(after=after, by=analyst, **asked)
        seen += references(page)
        if not page.next:
            return seen
        after = page.next
        between(seen)
    pytest.fail("one page after another, and no end")


@pytest.mark.parametrize(("waits", "told"), [(3, 3), (4, MoreThan(3))])
def test_what_passes_a_filter_is_counted_exactly_up_to_the_bound(analyst, monkeypatch, waits, told):
    monkeypatch.setattr(counts, "MOST_COUNTED", 3)
    for _ in range(waits):
        waiting()

    page = read_queue(channel="public-form", by=analyst)

    assert page.chosen == told
    # What stands in the side list hangs on nothing that is shown, and is counted to the end.
    assert page.counts[""] == waits


@pytest.mark.parametrize(
    ("address", "words", "below"),
    [
        (
            "/en/queue?channel=public-form",
            "1 to 2 of more than 3",
            "2 shown, more than 3 above them, more than 3 in all",
        ),
        (
            "/fr/file?channel=public-form",
            "1 à 2 sur plus de 3",
            "2 affichés, plus de 3 au-dessus, plus de 3 en tout",
        ),
    ],
)
def test_the_page_says_more_than_in_either_language(analyst, monkeypatch, address, words, below):
    monkeypatch.setattr(counts, "MOST_COUNTED", 3)
    monkeypatch.setattr(reads, "PAGE_ROWS", 2)
    for minutes in range(7):
        waiting(minutes=minutes)
    third = read_queue(after=read_queue(by=analyst).next, by=analyst)
    browser = make.browser(analyst)

    assert words in browser.get(address).content.decode()
    shown = browser.get(f"{address}&after={third.next}").content.decode()
    assert below in shown
    assert "after=" in shown.split('class="pager"')[1]


def test_a_thousand_is_written_as_either_language_writes_it(analyst):
    from django.utils.translation import override

    from havre.wiring.templatetags.havre import how_many

    with override("en"):
        assert how_many(MoreThan(1000)) == "more than 1,000"
        assert how_many(1000) == "1000"
    with override("fr"):
        assert how_many(MoreThan(1000)).split() == ["plus", "de", "1", "000"]


def test_the_place_of_a_page_is_told_up_to_the_bound(analyst, monkeypatch):
    monkeypatch.setattr(counts, "MOST_COUNTED", 3)
    monkeypatch.setattr(reads, "PAGE_ROWS", 1)
    for minutes in range(6):
        waiting(minutes=minutes)
    places, after = [], ""
    for _ in range(6):
        page = read_queue(after=after, by=analyst)
        places.append((page.first, page.last, page.above))
        after = page.next

    assert places == [
        (1, 1, 0),
        (2, 2, 1),
        (3, 3, 2),
        (4, 4, 3),
        (None, None, MoreThan(3)),
        (None, None, MoreThan(3)),
    ]


def test_pages_lose_and_double_nothing_among_rows_of_one_rank_risk_and_moment(analyst, monkeypatch):
    monkeypatch.setattr(reads, "PAGE_ROWS", 2)
    alike = [waiting(rank=2, risk=10) for _ in range(5)]
    before = [waiting(rank=2, risk=11), waiting(rank=1)]
    behind = [waiting(rank=2, risk=10, minutes=1), waiting(rank=2, risk=9), waiting(rank=3)]

    seen = walked(analyst)

    assert sorted(seen) == sorted([*alike, *before, *behind])
    assert seen[:2] == before[::-1]
    assert seen[-3:] == behind


def test_pages_lose_and_double_nothing_while_rows_come_and_go(analyst, monkeypatch):
    monkeypatch.setattr(reads, "PAGE_ROWS", 2)
    standing = [waiting(risk=10, minutes=n // 2) for n in range(6)]
    going = waiting(risk=10, minutes=0)
    late = []

    def happens(seen: list[str]) -> None:
        # One comes above all that were shown, one comes below them, and one of those shown goes.
        waiting(risk=90, minutes=len(seen))
        late.append(waiting(risk=5, minutes=len(late)))
        with acting_as(Station.PIPELINE.context):
            QueueItem.objects.filter(report__reference=going).delete()

    seen = walked(analyst, between=lambda seen: happens(seen) if len(late) < 2 else None)

    assert len(seen) == len(set(seen))
    assert set(standing) <= set(seen)
    assert seen[-2:] == late


def test_what_was_set_aside_is_listed_in_its_lane(analyst):
    """The index is entered at the ranks of a lane: nothing of it stands anywhere else."""
    ahead, aside = waiting(), waiting()
    with acting_as(Station.PIPELINE.context):
        for reference, rank in ((ahead, RANKS[Band.C]), (aside, SET_ASIDE_RANK)):
            found = QueueItem.objects.filter(report__reference=reference)
            found.update(band=Band.C, scored_band=Band.C, rank=rank)

    assert references(read_queue(lane="C", by=analyst)) == [ahead, aside]


@pytest.mark.parametrize(
    "after",
    [
        f"{'9' * 30}_1_1_{'0' * 32}",
        f"1_{'9' * 30}_1_{'0' * 32}",
        f"-{'9' * 30}_-{'9' * 30}_1_{'0' * 32}",
        f"1_1_inf_{'0' * 32}",
        f"1_1_nan_{'0' * 32}",
        f"nan_{'0' * 32}",
        f"inf_{'0' * 32}",
        "1_1_1_00000000' OR 1=1 --",
        "1_1_1_\x00",
        "\u0661_\u0661",
        "_" * 5_000,
    ],
)
@pytest.mark.parametrize("lane", ["", "B", "oldest", "runs-out"])
def test_a_place_that_somebody_made_up_breaks_nothing(analyst, after, lane):
    waiting()

    answer = make.browser(analyst).get("/en/queue", {"after": after, "lane": lane})

    assert answer.status_code == 200


def test_who_may_see_nothing_of_the_queue_sees_nothing_of_it_far_down(harbor, analyst):
    waiting()

    assert reads.queue_page(actor=make.officer(harbor), after=f"0_1_1_{'0' * 32}").rows == ()


def test_what_waits_longest_comes_first_whatever_its_lane_page_by_page(analyst, monkeypatch):
    monkeypatch.setattr(reads, "PAGE_ROWS", 1)
    last = waiting(rank=RANKS[Band.A], risk=90, minutes=2)
    first = waiting(rank=RANKS[Band.D], minutes=0)
    second = waiting(rank=RANKS[Band.B], risk=50, minutes=1)

    assert walked(analyst, lane="oldest") == [first, second, last]
    assert walked(analyst) == [last, second, first]
    desk = make.browser(analyst)
    assert "Waits longest" in desk.get("/en/queue?lane=oldest").content.decode()
    assert "attend depuis le plus longtemps" in desk.get("/fr/file").content.decode()

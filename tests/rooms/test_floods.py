"""Many at once: set aside and still read, never refused, and nobody else waits for it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from havre.audit.rules import Station
from havre.intake.floods import watch
from havre.intake.floods.rules.danger import mentions_danger
from havre.intake.floods.rules.likeness import ALIKE, FEWEST_WORDS, are_alike, likeness, sketch_of
from havre.intake.floods.watch import (
    MOST_ALIKE,
    MOST_FROM_A_NETWORK,
    MOST_NEAR,
    WINDOW,
    Watch,
    is_flood,
)
from havre.intake.models import Report
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.triage.actions import put_in_queue
from havre.triage.models import QueueItem
from havre.triage.rules.ranks import SET_ASIDE_RANK
from havre.wiring.route import walk
from tests import make
from tests.pages import OWN_PAGE, assert_sound, hidden, words_on

NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)
KEY = b"k" * 32
HERE, THERE = "192.0.2.7", "198.51.100.7"
LONG = "We saw a boat at the pier on Friday and it had no name on it and no light at all."
texts = st.lists(
    st.sampled_from(["boat", "pier", "rope", "buoy", "tide", "crew", "sail", "dock"]), min_size=12
)


@pytest.mark.parametrize(
    "text",
    [
        "he says he will hurt me",
        "HE IS HERE",
        "Il menace de tout dire",
        "J\u2019ai peur",
        "On se rencontre demain",
        "she ran away and is missing",
        "aidez-moi",
    ],
)
def test_words_of_danger_are_heard_in_both_languages(text):
    assert mentions_danger(text)


@pytest.mark.parametrize("text", ["Buy boats at example.com", "Un bateau bleu au quai", ""])
def test_what_mentions_none_is_not_taken_for_it(text):
    assert not mentions_danger(text)


@given(texts)
def test_a_text_is_like_itself_however_it_is_spaced_and_written(words):
    once, again = " ".join(words), "\n ".join(words).upper()

    assert likeness(sketch_of(once, KEY), sketch_of(again, KEY)) == 1


def test_a_word_changed_leaves_texts_alike_and_other_texts_are_not():
    longer = f"{LONG} {LONG.replace('boat', 'ferry')} It went east, and then nobody saw it again."
    changed = longer.replace("Friday", "Monday", 1)
    other = "He wrote to her every evening and asked for her school and her street and her number."

    assert likeness(sketch_of(longer, KEY), sketch_of(changed, KEY)) > 0.7
    assert likeness(sketch_of(longer, KEY), sketch_of(other, KEY)) < 0.1


def test_a_sketch_holds_no_word_and_means_nothing_under_another_key():
    sketch = sketch_of(LONG, KEY)

    assert not [digest for digest in sketch if b"boat" in digest]
    assert not set(sketch) & set(sketch_of(LONG, b"q" * 32))
    assert sketch_of(" ".join(LONG.split()[: FEWEST_WORDS - 1]), KEY) == ()


def test_more_than_ten_from_one_network_is_a_flood_and_another_network_s_first_is_not():
    with clock.clock_set_to(NOW):
        from_here = [is_flood(HERE, f"boat {n}") for n in range(MOST_FROM_A_NETWORK + 3)]
        from_there = is_flood(THERE, "boat")

    assert from_here == [False] * MOST_FROM_A_NETWORK + [True] * 3
    assert from_there is False


def test_a_network_that_rests_is_no_flood_any_more():
    for _ in range(MOST_FROM_A_NETWORK + 1):
        with clock.clock_set_to(NOW):
            is_flood(HERE, "")

    with clock.clock_set_to(NOW + WINDOW):
        assert is_flood(HERE, "") is False


def test_the_same_text_from_everywhere_is_a_flood_after_some_and_a_short_one_never():
    with clock.clock_set_to(NOW):
        long = [is_flood(f"192.0.{n}.1", LONG) for n in range(MOST_ALIKE + 2)]
        short = [is_flood(f"198.51.{n}.1", "He asked me to meet.") for n in range(20)]

    assert long == [False] * MOST_ALIKE + [True] * 2
    assert not any(short)


def test_no_address_is_kept_and_the_next_day_knows_nothing_of_this_one():
    with clock.clock_set_to(NOW):
        is_flood(HERE, LONG)
        (today,) = watch._kept
        assert HERE.encode() not in b"".join(today.networks)
        assert "192.0.2" not in repr(today)
    with clock.clock_set_to(NOW + timedelta(days=1)):
        is_flood(HERE, LONG)
        (tomorrow,) = watch._kept
    assert tomorrow.key != today.key
    assert not set(tomorrow.networks) & set(today.networks)


def test_what_is_counted_takes_no_more_room_than_is_set(monkeypatch):
    monkeypatch.setattr(watch, "MOST_NETWORKS", 20)
    monkeypatch.setattr(watch, "MOST_TEXTS", 20)
    with clock.clock_set_to(NOW):
        for n in range(60):
            is_flood(f"192.0.{n}.1", " ".join(f"word{n}x{m}" for m in range(20)))

    (today,) = watch._kept
    assert (len(today.networks), len(today.texts)) == (20, 20)
    assert len(today.by_digest) <= 20 * watch.FEELERS


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/en/report", "/fr/signaler"])
def test_a_flood_is_taken_in_whole_and_each_of_it_gets_its_words(address):
    make.directory()
    client = Client(HTTP_HOST="localhost", REMOTE_ADDR=HERE)
    for n in range(MOST_FROM_A_NETWORK + 3):
        token = hidden(client.get(address).content, "token")
        sent = {"happening": "other", "story": f"Boat number {n}.", "token": token}
        with clock.clock_set_to(clock.now() + timedelta(seconds=20)):
            page = client.post(address, sent, **OWN_PAGE)
        assert page.status_code == 200
        assert len(words_on(assert_sound(page.content))) == 8

    with acting_as(Station.PIPELINE.context):
        aside = Report.objects.order_by("id").values_list("quarantined", flat=True)
        assert list(aside) == [False] * MOST_FROM_A_NETWORK + [True] * 3


def rank_of(report: Report) -> int:
    with acting_as(Station.PIPELINE.context):
        return QueueItem.objects.get(report=report).rank


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "is_behind"),
    [
        ("Buy boats at example.com", True),
        ("I saw an odd page about boats.", True),
        ("I am 14 and I am in danger now, he is in the house.", False),
        (make.NARRATIVE, False),
        ("He is 40 and writes to my daughter who is 12. I am afraid.", False),
    ],
)
def test_set_aside_is_behind_all_lanes_and_what_mentions_danger_keeps_its_place(text, is_behind):
    make.directory()
    aside = make.report(text, people=(), quarantined=True)
    usual = make.report(text, people=())

    assert (rank_of(aside) == SET_ASIDE_RANK) is is_behind
    assert is_behind or rank_of(aside) == rank_of(usual)


@pytest.mark.django_db
def test_unscored_and_set_aside_waits_behind_unscored_unless_danger_was_said():
    make.directory()
    reports = [
        make.report("Boats.", walks=False, quarantined=True, danger_now=danger)
        for danger in (False, True)
    ]
    for report in reports:
        put_in_queue(report.pk, by=Station.PIPELINE)

    assert [rank_of(report) for report in reports] == [SET_ASIDE_RANK, 0]


def priorities() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args ->> 'report', priority FROM procrastinate_jobs")
        return dict(cursor.fetchall())


@pytest.mark.django_db
def test_the_pipeline_takes_everybody_else_first_and_words_of_danger_with_them():
    make.directory()
    facts = {"walks": False, "people": ()}
    usual = make.report("Boats.", **facts)
    aside = make.report("Boats.", quarantined=True, **facts)
    danger = make.report("He says he will hurt me.", quarantined=True, **facts)
    foreign = make.report(
        "\u041c\u0435\u043d\u0456 \u0441\u0442\u0440\u0430\u0448\u043d\u043e",
        quarantined=True,
        **facts,
    )

    found = priorities()
    assert found[str(aside.pk)] < found[str(usual.pk)]
    assert found[str(danger.pk)] == found[str(foreign.pk)] == found[str(usual.pk)]
    walk(aside.pk)
    assert rank_of(aside) == SET_ASIDE_RANK


def test_what_is_quickly_told_apart_is_told_apart_by_the_measure_too():
    texts = [" ".join(LONG.split()[start:]) + f" pier {start} boat {start}" for start in range(30)]
    sketches = [sketch_of(text, KEY) for text in texts if len(text.split()) >= FEWEST_WORDS]
    for one in sketches:
        for other in sketches:
            assert are_alike(one, other) == (likeness(one, other) >= ALIKE)


def test_a_flood_of_texts_that_differ_in_a_word_does_not_make_the_next_one_dearer():
    today = Watch(NOW.date())
    said = [today.said_before(f"{LONG} {number}") for number in range(300)]
    assert all(count >= MOST_ALIKE for count in said[MOST_ALIKE:])
    assert all(len(sketches) <= MOST_NEAR for sketches in today.by_digest.values())

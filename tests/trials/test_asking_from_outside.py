"""What somebody outside can learn by asking: nothing that was not released to them (T5, T15).

A reporter may be the person the report is about, who looks whether police are near. And whoever has
no receipt may try words. Bytes and statements are compared here; time is measured as well, and only
a plain difference that comes again and again is a fault (three runs, each p < 0.001, each more than
5 % between the medians). HAVRE_TRIAL_LOOKUPS and HAVRE_TRIAL_GUESSES make it larger.
"""

import math
import os
import random
import re
import secrets
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from statistics import median

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from havre.intake.actions import open_by_receipt
from havre.intake.form_tokens import holder_of
from havre.intake.models import Receipt
from havre.intake.public.actions import withdraw_report
from havre.intake.releases.rules.words import ReleaseWord
from havre.intake.rules.receipts import (
    MOST_COMBINATIONS,
    SECRET_BYTES,
    neighbours,
    words_in,
    words_of,
)
from havre.plumbing import clock
from havre.plumbing.context import acting_as
from havre.referrals.actions import accept_referral, open_referral, record_outcome
from havre.referrals.releases.actions import release_outcome
from havre.referrals.rules.outcomes import Disposition
from tests import make
from tests.pages import OWN_PAGE

NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)
LOOKUPS = int(os.environ.get("HAVRE_TRIAL_LOOKUPS", "60"))
GUESSES = int(os.environ.get("HAVRE_TRIAL_GUESSES", "300"))
RUNS, LEAST_P, MOST_GAP = 3, 0.001, 0.05
TEN_YEARS_OF_REPORTS, TRIES = 10_000_000, 1_000_000
OWN_WORD = re.compile(r"R-[0-9A-Z]{4}-[0-9A-Z]{4}|name=\"ticket\" value=\"[^\"]*\"")
VALUES = re.compile(r"s\d+_x\d+|'(?:[^']|'')*'(?:::\w+)?|\b\d+\b")

pytestmark = pytest.mark.django_db


class Visitor:
    """Somebody outside who holds, or tries, the words of a receipt."""

    def __init__(self, secret: bytes | None = None) -> None:
        self.secret = secret or secrets.token_bytes(SECRET_BYTES)
        self.client = Client(HTTP_HOST="localhost", **OWN_PAGE)

    def asks(self, words: str = "") -> tuple[bytes, int]:
        words = words or " ".join(words_of(self.secret, language="en"))
        answer = self.client.post(reverse("come_back"), {"words": words})
        return answer.content, answer.status_code

    def sees(self) -> tuple[str, int, list[str]]:
        """The page but for what names this report, its status, and every statement it took."""
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page, status = self.asks()
        shapes = [VALUES.sub("?", query["sql"]) for query in asked]
        typed = " ".join(words_of(self.secret, language="en"))
        return OWN_WORD.sub("", page.decode().replace(typed, "")), status, shapes


@pytest.fixture
def world():
    harbor = make.directory()
    return make.analyst(), harbor, make.officer(harbor)


def test_what_police_do_shows_outside_only_once_it_is_released(world):
    """Step by step beside a report that nobody at the police has looked at."""
    analyst, harbor, detective = world
    with clock.clock_set_to(NOW):
        acted, unread = Visitor(), Visitor()
        sent = [
            make.referral(make.report(holder=holder_of(one.secret)), to=harbor, by=analyst)
            for one in (acted, unread)
        ]
    reference = sent[0].reference
    steps: list[Callable[[], object]] = [
        lambda: open_referral(reference, by=detective),
        lambda: accept_referral(reference, by=detective),
        lambda: record_outcome(reference, disposition=Disposition.WARRANT_EXECUTED, by=detective),
        lambda: record_outcome(reference, disposition=Disposition.ARREST, by=detective),
        lambda: release_outcome(reference, word=ReleaseWord.IN_HAND, by=detective),
    ]
    for hour, step in enumerate(steps, start=1):
        with clock.clock_set_to(NOW + timedelta(hours=hour)):
            step()
        with clock.clock_set_to(NOW + timedelta(hours=8)):
            assert acted.sees() == unread.sees(), hour

    with clock.clock_set_to(NOW + timedelta(days=11)):
        told, nothing = acted.sees(), unread.sees()
    assert "A service works with what you told us." in told[0]
    assert "A service works with what you told us." not in nothing[0]
    assert (told[1], told[2]) == (nothing[1], nothing[2]), "and even then by the same statements"


@pytest.fixture
def doors(world) -> dict[str, Visitor]:
    """Words that were right once and lead nowhere now, and words that never led anywhere."""
    withdrawn, expired, wrong = Visitor(), Visitor(), Visitor()
    for one in (withdrawn, expired):
        make.report(holder=holder_of(one.secret))
    withdraw_report("I take this back.", by=holder_of(withdrawn.secret))
    holder = holder_of(expired.secret)
    with acting_as(holder.context):
        until = clock.now() - timedelta(seconds=1)
        assert Receipt.objects.filter(lookup=holder.lookup).update(until=until) == 1
    return {"withdrawn": withdrawn, "expired": expired, "wrong": wrong}


def test_words_taken_back_run_out_and_never_given_look_alike(doors):
    seen = {name: visitor.sees() for name, visitor in doors.items()}

    assert seen["withdrawn"] == seen["wrong"]
    assert seen["expired"] == seen["wrong"]
    assert seen["wrong"][1] == 422
    assert len(seen["wrong"][2]) > 0, "it did ask the database"


def test_no_kind_of_dead_words_takes_longer_than_another(doors):
    kinds = list(doors)
    found: dict[str, list[tuple[float, float]]] = {kind: [] for kind in kinds if kind != "wrong"}
    for _ in range(RUNS):
        taken: dict[str, list[float]] = {kind: [] for kind in kinds}
        for _ in range(LOOKUPS):
            for kind in random.sample(kinds, len(kinds)):
                started = time.perf_counter()
                doors[kind].asks()
                taken[kind].append(time.perf_counter() - started)
        for kind, runs in found.items():
            gap = abs(median(taken[kind]) / median(taken["wrong"]) - 1)
            runs.append((p_of_difference(taken[kind], taken["wrong"]), gap))
    print(f"\nlook-ups of each kind in a run: {LOOKUPS}; (p, gap between the medians): {found}")

    for kind, runs in found.items():
        assert not all(p < LEAST_P and gap > MOST_GAP for p, gap in runs), kind


def test_a_measure_of_difference_sees_one_and_does_not_see_one_that_is_not_there():
    dice = random.Random(5)
    one, other = ([dice.gauss(10, 1) for _ in range(300)] for _ in range(2))

    assert p_of_difference(one, other) > 0.01
    assert p_of_difference(one, [value + 0.6 for value in other]) < LEAST_P


def p_of_difference(one: list[float], other: list[float]) -> float:
    """Mann and Whitney's rank test, two-sided, by its normal approximation."""
    ranked = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    n, m = len(one), len(other)
    ranks = sum(rank for rank, (_, which) in enumerate(ranked, start=1) if which == 0)
    away = abs(ranks - n * (n + m + 1) / 2)
    return math.erfc(away / math.sqrt(n * m * (n + m + 1) / 12) / math.sqrt(2))


def test_a_million_guesses_at_ten_million_receipts_find_none():
    """One guess names at most MOST_COMBINATIONS secrets, of which one in 256 fits its check."""
    secrets_tried = TRIES * max(1, MOST_COMBINATIONS / 256)

    assert secrets_tried * TEN_YEARS_OF_REPORTS / 2 ** (8 * SECRET_BYTES) < 1e-3


def guesses(known: list[bytes]) -> Iterator[str]:
    """Words by chance with the right check, words by chance, and right words with two wrong."""
    dice, words = random.Random(15), words_in("en")
    for turn in count():
        if turn % 3 == 0:
            yield " ".join(words_of(dice.randbytes(SECRET_BYTES), language="en"))
        elif turn % 3 == 1:
            yield " ".join(dice.choices(words, k=8))
        else:
            near = list(words_of(dice.choice(known), language="en"))
            for place in dice.sample(range(8), 2):
                near[place] = dice.choice([word for word in words if word != near[place]])
            yield " ".join(near)


def test_guesses_open_nothing_look_alike_and_lock_nobody_out(world):
    holders = [secrets.token_bytes(SECRET_BYTES) for _ in range(3)]
    for secret in holders:
        make.report(holder=holder_of(secret))
    guesser, looks = Visitor(), set()
    for typed, _ in zip(guesses(holders), range(GUESSES), strict=False):
        page, status = guesser.asks(typed)
        looks.add((status, page.decode().replace(typed, "")))

    assert len(looks) <= 2, "one page for words that fit no check, one for those that do"
    assert {status for status, _ in looks} == {422}
    for secret in holders:
        assert Visitor(secret).asks()[1] == 200
        assert open_by_receipt(by=holder_of(secret))[0].submission.incidents[0].narrative


def test_of_words_with_one_slip_each_the_right_ones_alone_open(world):
    secret = secrets.token_bytes(SECRET_BYTES)
    make.report(holder=holder_of(secret))
    known = {word for language in ("en", "fr") for word in words_in(language)}
    slipped = [
        next(other for other in neighbours(word) if other not in known)
        for word in words_of(secret, language="en")
    ]

    assert Visitor(secret).asks(" ".join(slipped))[1] == 200

"""How long the pages of work take as the reports become many: queue, inbox, report, cases, search.

    python bench/search.py            # 10,000 and 100,000 reports
    python bench/search.py --full     # and a million
    python bench/search.py --small    # 300 and 900, each page once, as ./check runs it

The first reports and cases are made through actions; the others are copies of their rows, made
inside the database (bench/_multiplied.py). A tenth of all waits; half were sent, one in ten of them
to the agency whose inbox is asked for; the rest is closed. The pages come over HTTP from the server
as it runs, one after the other in turn, whole: signed in, both walls, log line, template.
"""

import argparse
import http.client
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count, cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

CLONE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CLONE))

from bench._multiplied import Seeds, World
from bench.servers import ours, processor_seconds, served
from havre.plumbing import postgres
from tests.live import free_port
from tests.ready import settled_house

SIZES = {"small": (300, 900), "usual": (10_000, 100_000), "full": (10_000, 100_000, 1_000_000)}
WAITING, SENT, CLOSED, CASES = 40, 20, 20, 60  # made through actions; the small form makes fewer
AGENCIES = 30
GOAL_MS, GOAL_GROWTH = 150, 1.5
GIVEN = [
    "Jean",
    "Marie",
    "Robert",
    "Luc",
    "Anne",
    "Paul",
    "Sarah",
    "Michel",
    "James",
    "Julie",
    "Pierre",
    "Kate",
    "Omar",
    "Mei",
    "Ivan",
]
FAMILY = [
    "Smith",
    "Tremblay",
    "Roy",
    "Gagnon",
    "Jones",
    "Brown",
    "Côté",
    "Bouchard",
    "Morin",
    "Leblanc",
    "Martin",
    "Wilson",
    "Pelletier",
    "Thompson",
    "Kelly",
    "Reid",
    "Lavoie",
    "Simard",
    "Nguyen",
    "McKay",
    "Petrov",
    "Haddad",
    "Singh",
    "Okafor",
    "Silva",
]
FAR_DOWN = f"/en/queue?after=2_10_1795000000.0_{'8' * 32}"
EMAIL, WORDS = "dock.master5@example.com", "ferries saturday"
COMMON = [
    "seen",
    "pier",
    "boat",
    "library",
    "meeting",
    "phone",
    "called",
    "message",
    "account",
    "evening",
]
NOTE = "He takes the ferry on Saturday; the list of the harbor master was copied. Page {n}."
STORY = (
    "I am 15. He asked me to keep our chats secret and sent me gifts in the game. His kik is"
    " dock_master{n}, he also wrote from dock.master{n}@example.com, number 204-555-0{n:03}."
    " Everybody there is on kik: harbor_chat."
)
# One that calls people at once, as few do: its page shows who was called.
IMMEDIATE = "I am 15. He asked me to meet on Saturday. His kik is dock_master{n}."
LISTED, IMMEDIATES = 50, 3


@dataclass
class Asked:
    """A page, as whom it is asked for, and how long it took at each size, in milliseconds.

    `used` is the processor time of the web's processes and of PostgreSQL's, of all that was asked.
    """

    words: str
    who: str
    paths: Iterator[str]
    typed: dict[str, str] | None = None
    # How many reports it must list at least: an empty list is quick and says nothing.
    lists: int = 0
    took: dict[int, list[float]] = field(default_factory=dict)
    used: dict[int, list[float]] = field(default_factory=dict)

    def quantile(self, size: int, share: float) -> float:
        ranked = sorted(self.took[size])
        return ranked[min(int(share * len(ranked)), len(ranked) - 1)]


class Desk:
    """A signed-in person at the running server."""

    def __init__(self, port: int, cookies: dict[str, str]) -> None:
        self.port, self.cookies = port, cookies
        self.line = http.client.HTTPConnection("localhost", port, timeout=600)
        self.token = ""

    def ask(self, path: str, typed: dict[str, str] | None = None) -> bytes:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookie, "Origin": f"http://localhost:{self.port}"}
        if typed is None:
            self.line.request("GET", path, headers=headers)
        else:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(typed | {"csrfmiddlewaretoken": self.token})
            self.line.request("POST", path, body=body, headers=headers)
        answer = self.line.getresponse()
        body = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        if found := re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', body):
            self.token = found[1].decode()
        assert answer.status == 200, (path, answer.status, body[-600:])
        return body


def measure(sizes: tuple[int, ...], *, times: int, share: float = 1) -> list[Asked]:
    settings = {"shared_buffers": "1GB", "max_wal_size": "8GB"}
    with (
        tempfile.TemporaryDirectory() as folder,
        settled_house(folder, settings) as (cluster, environment),
        ExitStack() as running,
    ):
        environment |= {"DJANGO_SETTINGS_MODULE": "havre.wiring.settings"}
        os.environ.update(environment)
        seeds, people, pages = make_seeds(share)
        url = cluster.admin_url.replace("/postgres?", f"/{postgres.DATABASE}?")
        world = World(url, seeds)
        port = free_port()
        web = running.enter_context(served(ours(port), environment, port))
        for size in sizes:
            began = time.monotonic()
            world.grow(size)
            print(f"{size:,} reports: world made in {time.monotonic() - began:.0f} s, "
                  f"load {os.getloadavg()[0]:.1f}", flush=True)  # fmt: skip
            desks = signed_in_at(port, people)
            take_turns(pages, desks, (web.pid, cluster.running_pid() or 0), size, times)
            show(pages, size)
        return pages


def signed_in_at(port: int, people: dict[str, Any]) -> dict[str, Desk]:
    """Everybody at a desk, signed in just now: while a world grows a session ends by itself."""
    from tests.signing_in import signed_in

    desks = {}
    for who, officer in people.items():
        cookies = {name: value.value for name, value in signed_in(officer).cookies.items()}
        desks[who] = Desk(port, cookies)
        desks[who].ask("/en/cases/search" if who == "detective" else "/en/queue")
    return desks


def take_turns(
    pages: list[Asked], desks: dict[str, Desk], pids: tuple[int, int], size: int, times: int
) -> None:
    """Ask for every page in turn; the first rounds, at most three, are not counted."""
    warm = min(times, 3)
    for round_ in range(times + warm):
        for page in pages:
            before = [processor_seconds(pid) for pid in pids]
            path, began = next(page.paths), time.perf_counter()
            body = desks[page.who].ask(path, page.typed)
            spent = 1000 * (time.perf_counter() - began)
            after = [processor_seconds(pid) for pid in pids]
            if size >= SIZES["usual"][0]:
                assert body.count(b"/en/reports/") >= page.lists, (path, size)
            if round_ >= warm:
                page.took.setdefault(size, []).append(spent)
                used = page.used.setdefault(size, [0.0] * len(pids))
                page.used[size] = [u + a - b for u, a, b in zip(used, after, before, strict=True)]


def show(pages: list[Asked], size: int) -> None:
    """The times of the pages, and the processor time of one by the web and by PostgreSQL."""
    print(f"{'page, ms':<44}{'p50':>8}{'p95':>8}{'p99':>8}{'web cpu':>9}{'db cpu':>8}")
    for page in pages:
        marks = "".join(f"{page.quantile(size, share):>8.0f}" for share in (0.5, 0.95, 0.99))
        web, base = (1000 * used / len(page.took[size]) for used in page.used[size])
        print(f"{page.words:<44}{marks}{web:>9.0f}{base:>8.0f}", flush=True)
    print(f"load {os.getloadavg()[0]:.1f}\n", flush=True)


def compare(pages: list[Asked], sizes: tuple[int, ...]) -> None:
    """How each page grows from one size to the next."""
    heads = "".join(f"{f'p95 at {size:,}':>17}" for size in sizes)
    print(f"{'page':<44}{heads}{'growth of p50':>16}{'of p95':>9}")
    before, last = sizes[-2], sizes[-1]
    for page in pages:
        cells = "".join(f"{page.quantile(size, 0.95):>17.0f}" for size in sizes)
        growth = [
            page.quantile(last, share) / page.quantile(before, share) for share in (0.5, 0.95)
        ]
        good = page.quantile(last, 0.95) <= GOAL_MS and growth[0] < GOAL_GROWTH
        print(f"{page.words:<44}{cells}{growth[0]:>16.2f}{growth[1]:>9.2f}{'' if good else '  *'}")
    print(f"* over {GOAL_MS} ms at {last:,}, or grown {GOAL_GROWTH} times and more")


def make_seeds(share: float) -> tuple[Seeds, dict[str, Any], list[Asked]]:
    """Through actions: people, reports, cases; and the pages that are asked for."""
    import django

    django.setup()
    from django.conf import settings

    from havre.agencies.reads import every_agency
    from havre.agencies.rules.permits import Role
    from havre.agencies.rules.words import AgencyKind
    from havre.cases.search.digests import digests_of, word_digests
    from havre.cases.search.rules.words import stems_of
    from havre.triage.closing.actions import close_report
    from havre.triage.closing.rules import ClosingReason
    from tests import make

    settings.ALLOWED_HOSTS = ["*"]
    police = [one for one in every_agency() if one.kind == AgencyKind.POLICE]
    harbor, *others = police[: AGENCIES + 1]
    analyst, detective = make.analyst(), make.officer(harbor, Role.DETECTIVE)
    numbers = count()
    waiting, sent, closed = (
        [make.report(STORY.format(n=next(numbers))) for _ in range(int(some * share))]
        for some in (WAITING, SENT, CLOSED)
    )
    immediate = [make.report(IMMEDIATE.format(n=next(numbers))) for _ in range(IMMEDIATES)]
    referrals = [make.referral(one, to=harbor, by=analyst) for one in sent]
    for one in closed:
        close_report(one.reference, reason=ClosingReason.EDUCATION, note="Bland.", by=analyst)
    cases = make_cases(detective, int(CASES * share))
    stems = {stem for word in COMMON for stem in stems_of(word)}
    seeds = Seeds(
        **{
            name: [str(one.pk) for one in some]
            for name, some in (
                ("waiting", waiting), ("sent", sent), ("closed", closed), ("cases", cases),
                ("agencies", others),
            )
        },
        measured=str(harbor.pk),
        names=[list(digests_of(f"{one} {two}")) for one in GIVEN for two in FAMILY],
        words=[
            *word_digests(stems | stems_of("saturday"), agency=harbor.pk),
            *(number * 7919 - 2**40 for number in range(3_000)),
        ],
    )  # fmt: skip
    people = {"analyst": analyst, "detective": detective}
    return seeds, people, pages_of(waiting, immediate, referrals, cases)


def make_cases(detective, many: int) -> list:
    """Open cases of the measured agency, each with a suspect, a child and a note."""
    from havre.cases.actions import open_case
    from havre.cases.contents.actions import add_identifier, add_note, add_person
    from havre.identifiers.rules.words import Kind
    from havre.intake.rules.submission import PersonRole

    cases = []
    for n in range(many):
        case = open_case(f"The man at pier {n}", by=detective)
        add_note(case.reference, NOTE.format(n=n), by=detective)
        suspect = add_person(case.reference, "Robert Larsen", role=PersonRole.SUSPECT, by=detective)
        add_person(case.reference, "Marie-Ève Côté", role=PersonRole.VICTIM, by=detective)
        email = f"dock.master{n}@example.com"
        add_identifier(case.reference, suspect.pk, email, kind=Kind.EMAIL, by=detective)
        cases.append(case)
    return cases


def pages_of(waiting: list, immediate: list, referrals: list, cases: list) -> list[Asked]:
    def turns(form: str, things: list) -> Iterator[str]:
        return cycle([form.format(one.reference) for one in things])

    search, channel = "/en/cases/search", cycle(["/en/queue?channel=public-form"])
    return [
        Asked("queue", "analyst", cycle(["/en/queue"]), lists=LISTED),
        Asked("queue, one lane", "analyst", cycle(["/en/queue?lane=B"]), lists=LISTED),
        Asked("queue, one channel", "analyst", channel, lists=LISTED),
        Asked("queue, far down", "analyst", cycle([FAR_DOWN]), lists=LISTED),
        Asked("report with links", "analyst", turns("/en/reports/{}", waiting)),
        Asked("report, immediate", "analyst", turns("/en/reports/{}", immediate)),
        Asked("inbox", "detective", cycle(["/en/inbox"])),
        Asked("inbox, all there ever was", "detective", cycle(["/en/inbox?state=all"])),
        Asked("referral with links", "detective", turns("/en/referrals/{}", referrals)),
        Asked("cases", "detective", cycle(["/en/cases"])),
        Asked("case", "detective", turns("/en/cases/{}", cases)),
        Asked("search by identifier", "detective", cycle([search]), {"text": EMAIL}),
        Asked("search by name", "detective", cycle([search]), {"text": "Bob Larsen"}),
        Asked("search by a common name", "detective", cycle([search]), {"text": "Jean Tremblay"}),
        Asked("search by words of notes", "detective", cycle([search]), {"text": WORDS}),
    ]  # fmt: skip


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    which = asked.add_mutually_exclusive_group()
    which.add_argument("--full", dest="size", action="store_const", const="full", default="usual")
    which.add_argument("--small", dest="size", action="store_const", const="small")
    asked.add_argument("--times", type=int, default=60, help="of each page (%(default)s)")
    told = asked.parse_args()
    sizes = SIZES[told.size]
    is_small = told.size == "small"
    times, share = (1, 0.1) if is_small else (told.times, 1)
    compare(measure(sizes, times=times, share=share), sizes)


if __name__ == "__main__":
    main()

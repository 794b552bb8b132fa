"""One sender's flood, and everybody else (T16).

The worker is stopped while the flood comes in, so that all of it lies before everybody else's. The
small form runs in `./check`; HAVRE_TRIAL_FLOOD=10000 is the whole. Times are printed, not asserted.
"""

import http.client
import os
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

from tests.trials.house_under_fire import REFERENCE, TOKEN, House, until

FLOOD = int(os.environ.get("HAVRE_TRIAL_FLOOD", "60"))
SENDER, OTHERS = "127.0.2.1", ("127.0.3.1", "127.0.4.1", "127.0.5.1")
PEOPLE_AT_ONCE = 4
CALM = "I saw an odd page about boats, number {}, and I thought that somebody should look at it."
URGENT = "I am 14 and I am in danger now, he is in the house."
ORDER = (
    "SELECT r.reference, q.rank, q.band, r.quarantined FROM triage_queueitem q"
    " JOIN intake_report r ON r.id = q.report_id ORDER BY q.rank, q.risk DESC, q.queued_at"
)


def ask(house: House, address: str, method: str, body: str | None = None) -> tuple[int, str]:
    connection = http.client.HTTPConnection(
        "127.0.0.1", house.port, timeout=60, source_address=(address, 0)
    )
    headers = {"Host": f"localhost:{house.port}"}
    if body:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection.request(method, "/en/report", body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def report(house: House, address: str, story: str, token: str) -> str:
    """Send a report from an address; gives the reference that was shown."""
    sent = urlencode({"happening": "other", "story": story, "token": token})
    status, page = ask(house, address, "POST", sent)
    assert status == 200
    return REFERENCE.search(page)[1]


def test_a_flood_is_taken_in_whole_and_nobody_else_waits_for_it(house: House):
    tokens = [TOKEN.search(ask(house, SENDER, "GET")[1])[1] for _ in range(FLOOD + 5)]
    time.sleep(3)  # nobody answers faster: what does is set aside for that alone
    house.stop_worker()
    try:
        started = time.monotonic()
        with ThreadPoolExecutor(PEOPLE_AT_ONCE) as people:
            flood = list(
                people.map(lambda n: report(house, SENDER, CALM.format(n), tokens[n]), range(FLOOD))
            )
        print(f"\nflood: {FLOOD} in {time.monotonic() - started:.1f} s")
        told_in_the_flood = report(house, SENDER, URGENT, tokens[FLOOD])
        others = [
            report(house, address, CALM.format(address), token)
            for address, token in zip(OTHERS, tokens[FLOOD + 1 :], strict=False)
        ]
        started = time.monotonic()
        urgent = report(house, OTHERS[0], URGENT, tokens[FLOOD + 4])
        print(f"urgent: accepted in {time.monotonic() - started:.2f} s")
    finally:
        house.start_worker()
    started = time.monotonic()
    assert until(lambda: {told_in_the_flood, urgent} <= scored(house), 120)
    print(f"urgent: before the analysts {time.monotonic() - started:.1f} s after the worker began")
    assert until(lambda: {*flood, *others} <= scored(house), 600)

    stood = [
        row for row in house.ask(ORDER) if row[0] in {*flood, *others, urgent, told_in_the_flood}
    ]
    place = {reference: n for n, (reference, *_) in enumerate(stood)}
    aside = {reference for reference, _, _, quarantined in stood if quarantined}
    assert len({*flood}) == FLOOD, "none was refused, none was lost"
    assert len(aside & set(flood)) >= FLOOD - 10
    assert told_in_the_flood in aside
    assert {rank for reference, rank, *_ in stood if reference in {urgent, told_in_the_flood}} == {
        0
    }
    assert not aside & set(others)
    assert max(place[one] for one in (urgent, told_in_the_flood, *others)) < min(
        place[one] for one in aside - {told_in_the_flood}
    )
    taken = {reference: n for n, (reference,) in enumerate(house.ask(FIRST_STEPS))}
    assert max(taken[one] for one in (*others, urgent, told_in_the_flood)) < min(
        taken[one] for one in aside - {told_in_the_flood}
    ), "the pipeline took everybody else first"


def scored(house: House) -> set[str]:
    return {reference for reference, _, band, _ in house.ask(ORDER) if band}


FIRST_STEPS = (
    "SELECT r.reference FROM triage_queueitem q JOIN intake_report r ON r.id = q.report_id"
    " ORDER BY q.queued_at"
)

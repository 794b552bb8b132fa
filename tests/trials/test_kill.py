"""kill -9 of the web, the worker and the database, with people reporting.

The small form runs in ./check. By hand, for the full one:
    HAVRE_TRIAL_REPORTS=2000 HAVRE_TRIAL_ROUNDS=3 ./check trials
"""

import os
import secrets

from tests.trials.house_under_fire import House, house_under_fire, report_under_fire, until

REPORTS = int(os.environ.get("HAVRE_TRIAL_REPORTS", "90"))
ROUNDS = int(os.environ.get("HAVRE_TRIAL_ROUNDS", "2"))
QUEUE_SECONDS = 60


def all_queued(house: House) -> bool:
    house.keep_alive()
    missing = house.ask(
        "SELECT count(*) FROM intake_report r WHERE NOT EXISTS"
        " (SELECT 1 FROM triage_queueitem q WHERE q.report_id = r.id)"
        # What other trials in the same house referred has left the queue.
        " AND NOT EXISTS (SELECT 1 FROM intake_share s WHERE s.report_id = r.id)"
    )
    return missing == [(0,)]


def test_every_reference_that_was_shown_is_stored_once_and_stands_in_the_queue(tmp_path):
    seed = int(os.environ.get("HAVRE_TRIAL_SEED", str(secrets.randbits(32))))
    with house_under_fire(str(tmp_path)) as house:
        people = report_under_fire(house, reports=REPORTS, rounds=ROUNDS, seed=seed)
        told = f"seed {seed}, {people.tries} tries, killed {', '.join(house.kills)}"
        print(told)

        assert len(people.shown) == REPORTS, told
        stored = [reference for (reference,) in house.ask("SELECT reference FROM intake_report")]
        assert sorted(stored) == sorted(people.shown.values()), told
        assert len(set(stored)) == REPORTS, told
        lines = house.ask("SELECT count(*) FROM audit_entry WHERE event = 'report.received'")
        assert lines == [(REPORTS,)], told
        assert until(lambda: all_queued(house), QUEUE_SECONDS), told
        assert {house.kills.count(part) for part in ("web", "worker", "postgres")} == {ROUNDS}

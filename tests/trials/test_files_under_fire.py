"""kill -9 and restarts of the database, with providers' files in flight (T7, T9).

The small form runs in ./check. By hand, for the full ones:
    HAVRE_TRIAL_FILED=120 HAVRE_TRIAL_ROUNDS=5 ./check trials
"""

import os
import secrets

from tests.trials.house_under_fire import until
from tests.trials.providers_under_fire import Providers, file_under_fire, losses
from tests.trials.test_kill import all_queued

FILED = int(os.environ.get("HAVRE_TRIAL_FILED", "9"))
ROUNDS = int(os.environ.get("HAVRE_TRIAL_ROUNDS", "1"))
# Here nothing may be lost; how soon it stands in the queue is asked of the trial of the form.
PATIENCE_SECONDS = 120
STRIKES = ("web", "worker", "postgres", "restart")


def tell(people: Providers, seed: int) -> str:
    files = sum(len(one.files) for one in people.filed.values())
    told = (
        f"seed {seed}, {len(people.filed)} reports and {files} files acknowledged in"
        f" {people.tries} calls, {people.unanswered} unanswered, refused {dict(people.refused)},"
        f" struck {', '.join(people.house.kills)}"
    )
    print(told)
    return told


def test_every_report_and_file_that_was_acknowledged_is_there_once_and_whole(house, provider_key):
    seed = int(os.environ.get("HAVRE_TRIAL_SEED", str(secrets.randbits(32))))
    house.kills.clear()
    people = Providers(house, provider_key)
    file_under_fire(people, reports=FILED, strikes=[*STRIKES] * ROUNDS, seed=seed)
    told = tell(people, seed)

    assert all(one.is_finished for one in people.filed.values()), told
    assert losses(people) == [], told
    assert until(lambda: all_queued(house), PATIENCE_SECONDS), told
    assert {house.kills.count(part) for part in STRIKES} == {ROUNDS}

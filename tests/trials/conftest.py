"""One house for the trials that do not need it to themselves."""

import json
import subprocess
import sys

import pytest

from havre.plumbing.environment import CLONE
from tests.signing_in import totp_code
from tests.trials.house_under_fire import House, house_under_fire
from tests.trials.residents import PEOPLE
from tests.trials.visitors import Visitor, officer


@pytest.fixture(scope="session")
def house(tmp_path_factory):
    """A whole house on a database of its own: web, worker, PostgreSQL."""
    with house_under_fire(str(tmp_path_factory.mktemp("house"))) as running:
        yield running


@pytest.fixture(scope="session")
def provider_key(house: House) -> str:
    """The people of the house move in; gives the provider's key."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.trials.residents"],
        cwd=CLONE,
        env=house.environment,
        check=True,
        capture_output=True,
    )
    return json.loads(done.stdout)["key"]


@pytest.fixture(scope="session")
def officers(house: House, provider_key: str) -> dict[str, Visitor]:
    """The browsers of the officers, signed in."""
    return {name: officer(house, name, totp_code()) for name, _agency, _role in PEOPLE}

"""No room left: under the vault, then under the database, while providers file (T8).

Each fills a small file system of its own, which only root may make. Where that is not allowed the
trial is skipped, and says so.
"""

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.trials.house_under_fire import House, fetch, until
from tests.trials.providers_under_fire import OURS, REPORT, Providers, Said, form, losses

MB = 1_048_576
VAULT_MB, ROOM_MB = 4, 24
REFUSALS = 12
LARGE, SMALL = b"The pier at noon. " * 20_000, b"The pier at one."


@contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[None]:
    """A file system of so much room at a place, with what lay there; afterwards all lies there."""
    owner = place.stat()
    told = f"size={megabytes}m,mode=0700,uid={owner.st_uid},gid={owner.st_gid}"
    beside = place.with_name(f"{place.name}.beside")
    shutil.rmtree(beside, ignore_errors=True)
    subprocess.run(["cp", "-a", str(place), str(beside)], check=True)
    command = ["mount", "-t", "tmpfs", "-o", told, "havre-trial", str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(beside)
        pytest.skip(f"no file system of our own may be mounted here: {done.stderr.strip()}")
    try:
        copy_into(beside, place)
        yield
        shutil.rmtree(beside)
        subprocess.run(["cp", "-a", str(place), str(beside)], check=True)
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)
        for old in place.iterdir():
            shutil.rmtree(old) if old.is_dir() else old.unlink()
        copy_into(beside, place)
        shutil.rmtree(beside)


def copy_into(source: Path, target: Path) -> None:
    subprocess.run(["cp", "-a", f"{source}/.", str(target)], check=True)


@contextmanager
def no_room_left(place: Path) -> Iterator[None]:
    """Every byte at a place is taken, inside the block."""
    ballast = place / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (MB, 4096, 1):
            try:
                while file.write(b"0" * size):
                    pass
            except OSError:
                continue
    try:
        yield
    finally:
        ballast.unlink()


def filing(people: Providers) -> list[threading.Thread]:
    """Clients at work, each with a report of its own."""
    threads = [threading.Thread(target=people.file_one, args=(number,)) for number in range(1, 5)]
    for thread in threads:
        thread.start()
    return threads


def is_refused_often(people: Providers) -> bool:
    return sum(people.refused[code] for code in OURS) + people.unanswered >= REFUSALS


def files_of(house: House, report: str) -> int:
    ((count,),) = house.ask(
        "SELECT count(*) FROM intake_filingfile g JOIN intake_filing f ON f.id = g.filing_id"
        f" WHERE f.number = {int(report)}"
    )
    return count


@pytest.fixture
def people(house: House, provider_key: str) -> Providers:
    if os.geteuid():
        pytest.skip("only root may mount a file system of its own")
    house.keep_alive()
    assert until(lambda: fetch(house, "GET", "/en/report")[0] == 200)
    return Providers(house, provider_key)


def refused(said: Said, code: int) -> None:
    assert (said.status, said.code) == (500, code), said


def test_a_vault_without_room_refuses_a_file_keeps_the_rest_and_goes_on_once_there_is_room(
    house, people
):
    vault = Path(house.environment["HAVRE_VAR"], "vault")
    vault.mkdir(exist_ok=True, mode=0o700)
    used = sum(each.stat().st_size for each in vault.rglob("*") if each.is_file())
    with small_disk(vault, VAULT_MB + used // MB):
        people.file_one(0)
        with no_room_left(vault):
            report = people.until("submit", REPORT + b"<!-- without room -->").told("reportId")
            refused(people.ask("upload", form(report, LARGE)), 1111)
            assert not list(vault.rglob("*.part")), "nothing half-written stays"
            assert files_of(house, report) == 0
            assert people.ask("upload", form(report, SMALL)).code == 0, "small ones lie in the row"
        assert people.ask("upload", form(report, LARGE)).code == 0
        assert people.ask("finish", form(report)).code == 0
        assert files_of(house, report) == 2
        assert losses(people) == []


def test_a_database_without_room_acknowledges_nothing_that_it_does_not_keep(house, people):
    data = house.cluster.data
    house.cluster.stop()
    used = int(subprocess.check_output(["du", "-sm", str(data)]).split()[0])
    try:
        with small_disk(data, used + ROOM_MB):
            house.cluster.start()
            assert until(lambda: people.ask("status", b"").code == 0)
            people.file_one(0)
            with no_room_left(data):
                threads = filing(people)
                assert until(lambda: is_refused_often(people)), people.refused
            if house.cluster.child.poll() is not None:
                house.cluster.start()
            for thread in threads:
                while thread.is_alive():
                    house.keep_alive()
                    thread.join(0.1)
            assert all(one.is_finished for one in people.filed.values())
            assert losses(people) == []
            print(f"refused {dict(people.refused)}, {people.unanswered} unanswered")
            house.cluster.stop()
    finally:
        if house.cluster.child is None:
            house.cluster.start()
        house.kill("web")
        assert until(lambda: fetch(house, "GET", "/en/report")[0] == 200)

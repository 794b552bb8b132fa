"""Which database this installation uses: its own embedded one, or one that it was told of.

Own: nothing is set, and the server is started and stopped with whoever needs it.
Told: three addresses, or one account that may create roles and makes the three once.
"""

import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from havre.plumbing.environment import (
    POINTER,
    Addresses,
    database_urls,
    stored_pointer,
    var_folder,
    without_password,
)
from havre.plumbing.postgres import DATABASE, Cluster
from havre.plumbing.postgres_home import (
    DatabaseRefusedError,
    Home,
    home_of,
    make_short_folder,
    only_one,
    programs_of,
)
from havre.plumbing.roles import may_create_roles, prepare

# All that a start-over removes from our folder; a foreign file beside them stays.
KEPT_IN_VAR = (
    POINTER,
    "database.lock",
    "keys.json",
    "pg",
    "pg.part",
    "server.log",
    "server.old.log",
    "static",
    "static.stamp",
    "vault",
    "web.log",
    "work.log",
)


def is_embedded() -> bool:
    """Whether the database is the one we start ourselves."""
    names = ("HAVRE_DATABASE_URL", "HAVRE_MIGRATE_URL", "HAVRE_WORK_URL")
    return not any(os.environ.get(name) for name in names)


def make_var() -> Path:
    """Our folder for everything local; nobody else may look into it."""
    var = var_folder()
    var.mkdir(mode=0o700, parents=True, exist_ok=True)
    return var


def store(pointer: dict[str, Any]) -> None:
    """Write down where the database is, readable by us alone, complete or not at all."""
    target = make_var() / POINTER
    part = target.with_suffix(".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        json.dump(pointer, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    part.replace(target)


def told_addresses(*, needed: str = "", new_passwords: bool = False) -> Addresses:
    """The three addresses of a database we were told of; sets it up once if it may.

    A process that needs one of them only says which: then the others may be missing.

    Raises DatabaseRefusedError with what to do when an address is missing.
    """
    told = database_urls()
    if told and not new_passwords and (told.is_complete() or told.as_fields().get(needed)):
        return told
    url = os.environ.get("HAVRE_DATABASE_URL", "")
    others = os.environ.get("HAVRE_MIGRATE_URL") or os.environ.get("HAVRE_WORK_URL")
    if others or not url or not may_create_roles(url):
        msg = (
            "The database needs three accounts (docs/running.md). Either set HAVRE_MIGRATE_URL, "
            "HAVRE_DATABASE_URL and HAVRE_WORK_URL to one account each, or set only "
            "HAVRE_DATABASE_URL to an account that may create roles: it makes the three, once."
        )
        raise DatabaseRefusedError(msg)
    addresses = prepare(url, new_passwords=new_passwords)
    pointer = {"kind": "told", "made_with": without_password(url)}
    store(pointer | addresses.as_fields())
    return addresses


def checked_pointer(home: Home) -> dict[str, Any]:
    """What was stored about our own server, refused where it belongs to another folder."""
    pointer = stored_pointer()
    if pointer.get("kind") != "own":
        if home.data.exists():
            msg = (
                f"{home.data} holds a database, but {var_folder() / POINTER}, which holds its "
                "passwords, is gone. Put that file back, or begin anew with ./run --fresh."
            )
            raise DatabaseRefusedError(msg)
        return {}
    former = Path(pointer["folder"])
    if former == home.folder:
        return pointer
    is_left_there = home.programs_copied and (former / "pg").exists()
    if not home.data.is_dir() or is_left_there:
        msg = (
            f"The database of this folder lies in {former}: the folder was moved or copied, or "
            f"another account started it. Go on there, or move the database to {home.folder}, "
            "or begin anew with ./run --fresh."
        )
        raise DatabaseRefusedError(msg)
    # The data came along; the socket may still be that of a copy's original.
    return {name: value for name, value in pointer.items() if name != "socket"}


def own_cluster() -> Cluster:
    """Our own server, its cluster made if there is none, not yet started."""
    home = home_of(make_var())
    pointer = checked_pointer(home)
    programs = programs_of(home)
    socket = Path(pointer.get("socket", "/nonexistent"))
    if not is_private(socket, home):
        socket = make_short_folder(home.account)
    pointer |= {
        "kind": "own",
        "folder": str(home.folder),
        "socket": str(socket),
        "admin_password": pointer.get("admin_password") or secrets.token_urlsafe(24),
    }
    # The password is written down before the cluster that will ask for it.
    store(pointer)
    cluster = Cluster(
        programs=programs,
        data=home.data,
        log=home.folder / "server.log",
        socket=socket,
        password=pointer["admin_password"],
        account=home.account,
    )
    cluster.make()
    return cluster


def is_private(folder: Path, home: Home) -> bool:
    """Whether a folder for the socket is still there, and still the server's alone."""
    uid = home.account.uid if home.account else os.geteuid()
    try:
        facts = folder.lstat()
    except FileNotFoundError:
        return False
    return folder.is_dir() and facts.st_uid == uid and facts.st_mode & 0o777 == 0o700  # noqa: PLR2004


def addresses_at(cluster: Cluster) -> Addresses:
    """The three addresses of our own running server, prepared at the first start."""
    pointer = stored_pointer()
    if pointer.get("prepared_at") != str(cluster.socket):
        # A new socket folder changes every address; renewing the passwords is the plain way.
        addresses = prepare(cluster.admin_url, database=DATABASE, new_passwords=True)
        pointer |= addresses.as_fields() | {"prepared_at": str(cluster.socket)}
        store(pointer)
    return Addresses(*(pointer[name] for name in Addresses.__slots__))


@contextmanager
def database_at_hand(needed: str) -> Iterator[Addresses]:
    """The addresses, with our own server running for the while if it does not run already."""
    if not is_embedded():
        yield told_addresses(needed=needed)
        return
    with only_one(make_var() / "database.lock"):
        cluster = own_cluster()
        started = cluster.running_pid() is None
        if started:
            cluster.start()
    try:
        yield addresses_at(cluster)
    finally:
        if started:
            cluster.stop()


def remove_everything() -> list[Path]:
    """Delete our own database and what else we keep; gives what was deleted."""
    var = var_folder()
    home = home_of(var)
    places = [var / name for name in KEPT_IN_VAR]
    if home.programs_copied:
        places.append(home.folder)
    socket = Path(stored_pointer().get("socket", "/nonexistent"))
    if is_private(socket, home):
        places.append(socket)
    found = [place for place in places if place.exists()]
    for place in found:
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink()
    return found

"""What the surroundings say: folders, addresses and switches, read and never changed."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

CLONE = Path(__file__).resolve().parents[2]
DEFAULT_PORT = 8000
DEFAULT_UPLOAD_MB = 4_096
HIGHEST_PORT = 65535
POINTER = "database.json"


class EnvironmentRefusedError(Exception):
    """A setting cannot be used; the message says which and what to write instead."""


@dataclass(frozen=True, slots=True)
class Roles:
    """The names of the three database accounts."""

    owner: str = "havre_owner"
    app: str = "havre_app"
    work: str = "havre_work"


@dataclass(frozen=True, slots=True)
class Addresses:
    """The database by its three doors: for migrations, for the web, for the jobs."""

    migrate_url: str
    database_url: str
    work_url: str

    def is_complete(self) -> bool:
        """Whether none of the three is missing."""
        return bool(self.migrate_url and self.database_url and self.work_url)

    def as_fields(self) -> dict[str, str]:
        """The three addresses under their own names, as they are stored."""
        return {name: getattr(self, name) for name in self.__slots__}

    def as_environment(self) -> dict[str, str]:
        """The three addresses under the names that a child process reads."""
        return {
            "HAVRE_MIGRATE_URL": self.migrate_url,
            "HAVRE_DATABASE_URL": self.database_url,
            "HAVRE_WORK_URL": self.work_url,
        }

    def roles(self) -> Roles:
        """The accounts, as the addresses name them."""
        plain = Roles()
        return Roles(
            owner=user_of(self.migrate_url) or plain.owner,
            app=user_of(self.database_url) or plain.app,
            work=user_of(self.work_url) or plain.work,
        )


def user_of(url: str) -> str:
    """The account an address names, or nothing."""
    return unquote(urlsplit(url).username or "")


def var_folder() -> Path:
    """The folder of everything this installation keeps but the database of a root install."""
    told = os.environ.get("HAVRE_VAR", "")
    return Path(told).resolve() if told else CLONE / "var"


def port(environ: Mapping[str, str] = os.environ) -> int:
    """The port of the web server on the loopback address."""
    told = environ.get("HAVRE_PORT", "").strip()
    if not told:
        return DEFAULT_PORT
    if not told.isdecimal() or int(told) > HIGHEST_PORT:
        msg = f"HAVRE_PORT is {told!r}; write a number from 0 to {HIGHEST_PORT}."
        raise EnvironmentRefusedError(msg)
    return int(told)


def upload_bytes(environ: Mapping[str, str] = os.environ) -> int:
    """How large an upload of a provider may be, its form included."""
    told = environ.get("HAVRE_UPLOAD_MB", "").strip() or str(DEFAULT_UPLOAD_MB)
    if not told.isdecimal() or not int(told):
        msg = f"HAVRE_UPLOAD_MB is {told!r}; write a whole number of megabytes."
        raise EnvironmentRefusedError(msg)
    return int(told) * 1024 * 1024


def public_host(environ: Mapping[str, str] = os.environ) -> str:
    """The name people reach us by; also the relying party of passkeys."""
    return environ.get("HAVRE_PUBLIC_HOST", "").strip() or "localhost"


def wants_demo(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether an empty database may be filled with the demo world."""
    return environ.get("HAVRE_DEMO", "1").strip() not in {"0", "no", "false"}


def stored_pointer() -> dict[str, Any]:
    """What `up` wrote down about the database, or nothing."""
    try:
        stored = json.loads((var_folder() / POINTER).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return stored if isinstance(stored, dict) else {}


def without_password(url: str) -> str:
    """An address as it may be shown and compared."""
    parts = urlsplit(url)
    user, _, place = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{user.partition(':')[0]}@{place}"))


def database_urls(environ: Mapping[str, str] = os.environ) -> Addresses | None:
    """The three addresses, from the environment first, else as `up` stored them.

    A process that needs one account only may be told one address only; the others are empty.
    """
    told = Addresses(
        migrate_url=environ.get("HAVRE_MIGRATE_URL", ""),
        database_url=environ.get("HAVRE_DATABASE_URL", ""),
        work_url=environ.get("HAVRE_WORK_URL", ""),
    )
    if told.migrate_url or told.work_url:
        return told
    stored = stored_pointer()
    kept = Addresses(*(stored.get(name, "") for name in Addresses.__slots__))
    if not told.database_url:
        return kept if kept.database_url else None
    # The one address told may be the account that made the three we stored.
    is_ours = stored.get("made_with") == without_password(told.database_url)
    return kept if is_ours else told


def role_names() -> Roles:
    """The database accounts, as the addresses name them."""
    addresses = database_urls()
    return addresses.roles() if addresses else Roles()


def django_database(url: str) -> dict[str, Any]:
    """One entry of Django's DATABASES for a postgresql:// address."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        msg = "A database address must begin with postgresql:// (PostgreSQL 15 or later)."
        raise EnvironmentRefusedError(msg)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or parts.hostname or "",
        "PORT": options.pop("port", "") or str(parts.port or ""),
        "OPTIONS": options,
    }

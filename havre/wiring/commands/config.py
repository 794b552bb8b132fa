"""`check-config`: is this installation safe to take reports? Each answer in words."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from havre.plumbing.environment import Addresses, var_folder
from havre.plumbing.roles import OLDEST_SERVER

ROLE_FACTS = """
    -- What this account is, and which of our tables it owns.
    SELECT rolsuper, rolbypassrls, rolcreaterole,
           EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                   WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
                     AND pg_has_role(r.oid, c.relowner, 'USAGE'))
    FROM pg_roles r WHERE rolname = current_user
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: whether it holds, and the sentence that says so."""

    holds: bool
    sentence: str


def check_config(addresses: Addresses | None) -> list[Finding]:
    """All checks of keys and of the accounts that were given."""
    findings = list(key_findings())
    if addresses is None:
        return [*findings, Finding(holds=False, sentence="No database is set up: run ./run.")]
    for name, url in (("web", addresses.database_url), ("job", addresses.work_url)):
        if not url:
            findings.append(Finding(holds=True, sentence=f"This host is not told the {name} one."))
            continue
        findings.extend(account_findings(name, url))
    return findings


def key_findings() -> Iterator[Finding]:
    """The key file is there, and nobody else can read it."""
    path = Path(os.environ.get("HAVRE_KEYS", "") or var_folder() / "keys.json")
    if not path.is_file():
        yield Finding(holds=False, sentence=f"The key file {path} is missing: set HAVRE_KEYS.")
        return
    closed = not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    what = "is ours alone" if closed else "is open to others: chmod 600"
    yield Finding(holds=closed, sentence=f"The key file {path} {what}.")


def account_findings(name: str, url: str) -> Iterator[Finding]:
    """What the database says of one account and of itself."""
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            yield from server_findings(connection)
            yield from role_findings(name, connection)
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        yield Finding(holds=False, sentence=f"The {name} account cannot connect: {reason}")


def server_findings(connection: psycopg.Connection) -> Iterator[Finding]:
    """An acknowledged report must be on disk."""
    version = connection.info.server_version
    new_enough = version >= OLDEST_SERVER
    yield Finding(new_enough, f"PostgreSQL {version // 10000}; 15 or later is needed.")
    for setting, why in (
        ("synchronous_commit", "or a report that was acknowledged could be lost"),
        ("fsync", "or a power cut could lose reports"),
    ):
        row = connection.execute("SELECT current_setting(%s)", [setting]).fetchone()
        value = str(row[0]) if row else "?"
        yield Finding(value != "off", f"{setting} is {value}; it must not be off, {why}.")


def role_findings(name: str, connection: psycopg.Connection) -> Iterator[Finding]:
    """Row security must bind the accounts that read reports."""
    row = connection.execute(ROLE_FACTS).fetchone()
    is_super, bypasses, creates, owns = row or (True, True, True, True)
    who = f"The {name} account {connection.info.user}"
    for wrong, bad, good in (
        (is_super, "is a superuser", "is no superuser"),
        (bypasses, "bypasses row security", "is bound by row security"),
        (creates, "may create accounts", "may not create accounts"),
        (owns, "owns tables, so it could switch row security off", "owns no table"),
    ):
        yield Finding(not wrong, f"{who} {bad if wrong else good}.")

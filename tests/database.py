"""Databases for tests: a template that migrations built, cloned for every process of tests.

Tests run as the web's account, so both walls stand. An ordinary test is rolled back. A test
marked `real_commits` commits for real; its clone is thrown away and made anew after it.
Nothing is ever flushed or truncated: the log refuses it.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import psycopg
import pytest
from django.db import connections, transaction
from django.db.backends.signals import connection_created
from psycopg import sql

from havre.plumbing import postgres, roles
from havre.plumbing.environment import CLONE, Addresses, Roles, database_urls, django_database
from tests.plans import keep_plans

TEMPLATE_LOCK = 7_201_114
# Over a handful of rows, to plan takes longer than any plan: one is made for all values, and kept.
PLANNED_ONCE = {"prepare_threshold": None, "options": "-c plan_cache_mode=force_generic_plan"}
connection_created.connect(keep_plans)
_server = ExitStack()


def start_server() -> None:
    """Start a throw-away server, unless ./check or the caller has named one."""
    if "HAVRE_ADMIN_URL" not in os.environ:
        cluster = _server.enter_context(postgres.throwaway())
        os.environ.update(postgres.throwaway_environment(cluster))


def stop_server() -> None:
    """Stop the server, if it was us who started one."""
    _server.close()


def addresses_of(database: str) -> Addresses:
    """The three addresses of one test database."""
    told = database_urls()
    assert told is not None, "the three addresses are missing beside HAVRE_ADMIN_URL"
    urls = (told.migrate_url, told.database_url, told.work_url)
    return Addresses(*(roles.at_database(url, database) for url in urls))


def role_names() -> Roles:
    told = database_urls()
    return told.roles() if told else Roles()


def admin_connection() -> psycopg.Connection:
    return psycopg.connect(os.environ["HAVRE_ADMIN_URL"], autocommit=True)


def template_name() -> str:
    """Changes with the migrations, so that a server that stays never offers an old template."""
    digest = hashlib.sha256((CLONE / "requirements.lock").read_bytes())
    for file in sorted((CLONE / "havre").rglob("*.*")):
        if file.suffix != ".pyc" and {"migrations", "sql", "data"} & set(file.parts):
            digest.update(file.read_bytes())
    return f"havre_template_{digest.hexdigest()[:10]}"


def build_template() -> str:
    """Build the template once, whoever of the processes comes first."""
    name = template_name()
    with admin_connection() as admin:
        admin.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK])
        question = "SELECT datistemplate FROM pg_database WHERE datname = %s"
        found = admin.execute(question, [name]).fetchone()
        if found and found[0]:
            return name
        drop_database(admin, name)
        roles.make_database(admin, name, role_names())
        roles.close_database(admin, name, role_names())
        with psycopg.connect(
            roles.at_database(os.environ["HAVRE_ADMIN_URL"], name), autocommit=True
        ) as inside:
            roles.give_rights(inside, role_names())
        migrate(addresses_of(name))
        mark_as_template(name)
    return name


def mark_as_template(name: str) -> None:
    """It is whole: nobody need build it again."""
    with admin_connection() as admin:
        admin.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE true").format(sql.Identifier(name)))


def migrate(addresses: Addresses) -> None:
    """Run our own command, as the owner of the tables, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "havre", "migrate"],
        cwd=CLONE,
        env=os.environ | addresses.as_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"the migrations failed:\n{done.stdout}\n{done.stderr}"


def drop_database(admin: psycopg.Connection, name: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def clone_template(template: str, name: str) -> Addresses:
    """Make a fresh copy of the template, closed to the public like the real database."""
    names = role_names()
    with admin_connection() as admin:
        drop_database(admin, name)
        order = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY {}")
        # Copied files are quicker, unless each must be on the disk before the copy is done.
        is_safe = admin.execute("SHOW fsync").fetchone() == ("on",)
        words = (name, template, names.owner, "wal_log" if is_safe else "file_copy")
        admin.execute(order.format(*map(sql.Identifier, words)))
        roles.close_database(admin, name, names)
    return addresses_of(name)


def use_database(addresses: Addresses) -> None:
    """Point Django's one connection at a database, as the web's account."""
    connection = connections["default"]
    connection.close()
    if hasattr(connection, "close_pool") and connection.settings_dict["OPTIONS"].get("pool"):
        connection.close_pool()
    entry = django_database(addresses.database_url)
    for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT"):
        connection.settings_dict[key] = entry[key]
    connection.settings_dict["OPTIONS"] |= PLANNED_ONCE


@contextmanager
def rolled_back() -> Iterator[None]:
    """Whatever is written inside was never written, however often it is committed there."""
    block = transaction.atomic()
    # As Django's own TestCase says it: `durable` blocks may stand inside.
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


@contextmanager
def kept_database(template: str, name: str) -> Iterator[Addresses]:
    """The process's clone with real commits, made anew at the end of the block."""
    yield addresses_of(name)
    connections["default"].close()
    use_database(clone_template(template, name))


@pytest.fixture(scope="session")
def own_database() -> Iterator[tuple[str, str]]:
    """The template and the name of this process's clone; the clone stands."""
    start_server()
    template, name = build_template(), f"havre_test_{os.getpid()}"
    before = {name: os.environ.get(name) for name in Addresses("", "", "").as_environment()}
    addresses = clone_template(template, name)
    # A child process of a test (a server, a worker, a command) finds the same database.
    os.environ.update(addresses.as_environment())
    use_database(addresses)
    yield template, name
    connections["default"].close()
    for key, value in before.items():
        os.environ[key] = value or ""
    with admin_connection() as admin:
        drop_database(admin, name)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, own_database) -> None:
    """Takes the place of pytest-django's own: no test database made by Django, no flush."""


@pytest.fixture
def real_database(own_database, django_db_blocker) -> Iterator[Addresses]:
    """The process's clone with real commits, made anew after the test."""
    with django_db_blocker.unblock(), kept_database(*own_database) as addresses:
        yield addresses


@pytest.fixture(scope="module")
def lasting_database(own_database, django_db_blocker) -> Iterator[Addresses]:
    """The same for all tests of a file, each of which finds what the others left."""
    with django_db_blocker.unblock(), kept_database(*own_database) as addresses:
        yield addresses


@pytest.fixture(scope="module")
def lasting_block(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A transaction for what all tests of a file stand on; it is rolled back after them."""
    with django_db_blocker.unblock(), rolled_back():
        yield


@pytest.fixture
def _django_db_helper(request, django_db_setup, django_db_blocker) -> Iterator[None]:
    """What `db` and the `django_db` mark mean here: everything is rolled back."""
    if request.node.get_closest_marker("real_commits"):
        request.getfixturevalue("real_database")
        yield
        return
    refuse_flushing(request)
    with django_db_blocker.unblock():
        with rolled_back():
            yield
            connection = connections["default"]
            if not connection.needs_rollback and connection.is_usable():
                connection.check_constraints()
        # Inside the block of a whole file the connection is in use, and must not be closed.
        if not connections["default"].in_atomic_block:
            connections["default"].close_if_unusable_or_obsolete()


def refuse_flushing(request) -> None:
    """The fixtures of pytest-django that flush the database are not for this house."""
    mark = request.node.get_closest_marker("django_db")
    wants_transactions = mark is not None and mark.kwargs.get("transaction", False)
    if wants_transactions or {"transactional_db", "live_server"} & set(request.fixturenames):
        pytest.fail("use @pytest.mark.real_commits: Django's way would flush the database")


@pytest.fixture(autouse=True)
def _marked_real_commits(request) -> None:
    """The mark alone is enough to get a database of one's own."""
    if request.node.get_closest_marker("real_commits"):
        request.getfixturevalue("real_database")

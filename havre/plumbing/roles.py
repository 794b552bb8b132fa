"""The three database accounts of Havre, and the address of each.

`havre_owner` migrates and owns the tables, `havre_app` serves the web, `havre_work` does the
jobs. None is a superuser and none bypasses row security, so both walls hold for all three.
"""

import secrets
from dataclasses import astuple
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from havre.plumbing.environment import Addresses, Roles
from havre.plumbing.postgres_home import DatabaseRefusedError

OLDEST_SERVER = 150000
LONGEST_NAME = 63
PLAIN_RIGHTS = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS INHERIT"


def prepare(
    admin_url: str, *, database: str | None = None, new_passwords: bool = False
) -> Addresses:
    """Make the database, its three accounts and their rights; safe to run again.

    `admin_url` is an account that may create roles. Without `database` the one named in the
    address is used. `new_passwords` renews the accounts where they exist already.
    """
    name = database or unquote(urlsplit(admin_url).path.lstrip("/"))
    with psycopg.connect(admin_url, autocommit=True) as admin:
        refuse_old_server(admin)
        roles = choose_roles(admin, name)
        passwords = [make_role(admin, role, name, new_passwords) for role in astuple(roles)]
        make_database(admin, name, roles)
        close_database(admin, name, roles)
    with psycopg.connect(at_database(admin_url, name), autocommit=True) as admin:
        give_rights(admin, roles)
        refuse_half_rights(admin, name, roles)
    urls = [
        as_account(at_database(admin_url, name), role, password)
        for role, password in zip(astuple(roles), passwords, strict=True)
    ]
    return Addresses(*urls)


def refuse_old_server(admin: psycopg.Connection) -> None:
    """Row security and default rights are relied on as PostgreSQL 15 has them."""
    if admin.info.server_version < OLDEST_SERVER:
        msg = f"The server is PostgreSQL {admin.info.server_version // 10000}; Havre needs 15."
        raise DatabaseRefusedError(msg)


def sign_of(database: str) -> str:
    """The comment by which we know our own accounts again."""
    return f"Havre, database {database}"


def comment_on(admin: psycopg.Connection, role: str) -> str | None:
    """The comment of a role, empty where it has none; None where there is no such role."""
    question = "SELECT coalesce(shobj_description(oid, 'pg_authid'), '') FROM pg_roles"
    row = admin.execute(f"{question} WHERE rolname = %s", [role]).fetchone()
    return None if row is None else str(row[0])


def choose_roles(admin: psycopg.Connection, database: str) -> Roles:
    """The plain names, or, where another database has taken them, names that end in ours."""
    plain = Roles()
    if all(comment_on(admin, role) in {None, sign_of(database)} for role in astuple(plain)):
        return plain
    return Roles(*(f"{role}_{database}"[:LONGEST_NAME] for role in astuple(plain)))


def make_role(admin: psycopg.Connection, role: str, database: str, renew: bool) -> str:  # noqa: FBT001
    """Make one account and return its new password."""
    found = comment_on(admin, role)
    if found is not None and (found != sign_of(database) or not renew):
        msg = (
            f"The database account {role} exists already, and its password is not stored here. "
            "Set HAVRE_MIGRATE_URL, HAVRE_DATABASE_URL and HAVRE_WORK_URL to the addresses it "
            "was set up with, or run `python -m havre database set-up --new-passwords`."
        )
        raise DatabaseRefusedError(msg)
    password = secrets.token_urlsafe(24)
    verb = "CREATE" if found is None else "ALTER"
    order = sql.SQL(f"{verb} ROLE {{}} {PLAIN_RIGHTS} PASSWORD {{}}")
    admin.execute(order.format(sql.Identifier(role), sql.Literal(password)))
    # Our questions are many and short: compiling one takes seconds where answering takes none.
    admin.execute(sql.SQL("ALTER ROLE {} SET jit = off").format(sql.Identifier(role)))
    comment = sql.SQL("COMMENT ON ROLE {} IS {}")
    admin.execute(comment.format(sql.Identifier(role), sql.Literal(sign_of(database))))
    return password


def make_database(admin: psycopg.Connection, name: str, roles: Roles) -> None:
    """Make the database if it is missing, owned by the migrating account where allowed."""
    owner, called = sql.Identifier(roles.owner), sql.Identifier(name)
    known = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    if not is_superuser(admin):
        admin.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(owner))
    if known is None:
        admin.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(called, owner))
        return
    try:
        admin.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(called, owner))
    except psycopg.errors.InsufficientPrivilege:
        # A hosted server may keep the ownership; the right to create is enough.
        admin.execute(sql.SQL("GRANT ALL ON DATABASE {} TO {}").format(called, owner))


def is_superuser(admin: psycopg.Connection) -> bool:
    """Whether this connection may do everything."""
    row = admin.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    return bool(row and row[0])


def may_create_roles(url: str) -> bool:
    """Whether the account of this address can set the database up."""
    question = "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
    return bool(row and row[0])


def close_database(admin: psycopg.Connection, name: str, roles: Roles) -> None:
    """Nobody connects but the three. A copy of a database does not inherit this."""
    called = sql.Identifier(name)
    three = sql.SQL(", ").join(sql.Identifier(role) for role in astuple(roles))
    admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(called))
    admin.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(called, three))


def give_rights(admin: psycopg.Connection, roles: Roles) -> None:
    """What the web and the jobs may do with tables that migrations will make."""
    names = {
        "owner": sql.Identifier(roles.owner),
        "app": sql.Identifier(roles.app),
        "work": sql.Identifier(roles.work),
    }
    defaults = "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT"
    for line in (
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE, CREATE ON SCHEMA public TO {owner}",
        "GRANT USAGE ON SCHEMA public TO {app}, {work}",
        f"{defaults} SELECT, INSERT, UPDATE, DELETE ON TABLES TO {{app}}, {{work}}",
        f"{defaults} USAGE, SELECT ON SEQUENCES TO {{app}}, {{work}}",
        f"{defaults} EXECUTE ON FUNCTIONS TO {{app}}, {{work}}",
    ):
        admin.execute(sql.SQL(line).format(**names))


def refuse_half_rights(admin: psycopg.Connection, name: str, roles: Roles) -> None:
    """A grant without the right to grant is only a warning to PostgreSQL; not to us."""
    question = (
        "SELECT has_database_privilege(%(owner)s, %(name)s, 'CREATE')"
        " AND has_schema_privilege(%(owner)s, 'public', 'CREATE')"
        " AND has_schema_privilege(%(app)s, 'public', 'USAGE')"
    )
    told = {"owner": roles.owner, "app": roles.app, "name": name}
    row = admin.execute(question, told).fetchone()
    if not row or not row[0]:
        msg = (
            f"This account may not hand the database {name} over to {roles.owner}. Make it the "
            "owner of the database, with CREATEDB, or use a superuser."
        )
        raise DatabaseRefusedError(msg)


def at_database(url: str, database: str) -> str:
    """The same address, at another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{quote(database, safe='')}"))


def as_account(url: str, user: str, password: str) -> str:
    """The same address, by another account."""
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    query = [(key, value) for key, value in parse_qsl(parts.query) if key != "user"]
    who = f"{quote(user, safe='')}:{quote(password, safe='')}@{place}"
    return urlunsplit(parts._replace(netloc=who, query=urlencode(query)))

"""What keeps a report from one agency of a person keeps it from them in every other one too."""

from django.db import migrations

from havre.plumbing.walls import any_of

# Most belong to one agency: where not of all is asked, their rows are asked nothing more.
_NOWHERE_ELSE = "coalesce(current_setting('havre.elsewhere', true), '') = ''"
_STATION = "current_setting('havre.scope', true) = 'work'"
# Inside one of the functions below: nobody signs in as one account and acts as another.
_ASKED_BY_A_FUNCTION = "current_user <> session_user"
ELSEWHERE = "string_to_array(current_setting('havre.elsewhere', true), ',')::uuid[]"


def asked_by_the_owner(name: str, given: str, truth: str) -> migrations.RunSQL:
    """A function of `given`, a type, that says whether a truth holds of `$1`, and nothing else.

    It runs as the owner of the tables, for whoever acts sees none of the rows that it asks for.
    """
    return migrations.RunSQL(
        f"CREATE FUNCTION {name}({given}) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE"
        " SECURITY DEFINER SET search_path = pg_catalog, public"
        f" AS $$ BEGIN RETURN {truth}; END $$",
        f"DROP FUNCTION {name}({given})",
    )


def shown_to_the_owner(table: str) -> migrations.RunSQL:
    """Let those functions see the rows of a table while somebody acts."""
    return migrations.RunSQL(
        f"CREATE POLICY {table}_asked ON {table} FOR SELECT TO CURRENT_USER"
        " USING (current_setting('havre.actor', true) <> '')",
        f"DROP POLICY {table}_asked ON {table}",
    )


def but_for(
    table: str, kept: str, *acts: str, name: str = "elsewhere", of_all: bool = False
) -> migrations.RunSQL:
    """Cut from a table the rows of which `kept` holds, for those who belong elsewhere too.

    `acts` are SELECT, where none are given, and UPDATE and DELETE besides where a policy lets
    somebody do so: an order that reads no column asks no policy of SELECT. `of_all`: for everybody
    but Havre's own stations.
    """
    spared = (_STATION if of_all else _NOWHERE_ELSE,)
    condition = any_of(*spared, _ASKED_BY_A_FUNCTION, f"NOT {kept}")
    made, dropped = [], []
    for act in acts or ("SELECT",):
        policy = f"{table}_{name}_{act.lower()}"
        made.append(
            f"CREATE POLICY {policy} ON {table} AS RESTRICTIVE FOR {act} USING ({condition})"
        )
        dropped.append(f"DROP POLICY {policy} ON {table}")
    return migrations.RunSQL("; ".join(made), "; ".join(dropped))

"""Most providers have no mirror: what a copy needs is set up only where a row comes to it.

Both functions act as their caller, who sees and adds what the walls of these tables let them.
"""

from django.db import migrations

from havre.plumbing.walls import PROVIDER, any_of, scope_is
from havre.plumbing.walls.plainer import read_in_place

OWN = f"{scope_is('provider')} AND provider_id = {PROVIDER}"

IS_MIRRORED = """
CREATE FUNCTION is_mirrored(provider uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN EXISTS (SELECT FROM mirrors_mirror m WHERE m.provider_id = $1 AND m.is_on);
END $$
"""
COPY_WAITS = """
CREATE FUNCTION copy_waits(provider uuid, copy uuid, filing uuid, number bigint, at timestamptz)
RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF NOT is_mirrored($1) THEN RETURN false; END IF;
  INSERT INTO mirrors_copy
    (id, provider_id, mirror_id, filing_id, number, state, made_at, next_try_at, tries, asked,
     far_report, far_files, described, is_unclear, remarks, failed_as)
  SELECT $2, m.provider_id, m.id, $3, $4, 'waiting', $5, $5, 0, '', '', '{}', 0, false, '{}', ''
  FROM mirrors_mirror m WHERE m.provider_id = $1 AND m.is_on;
  RETURN true;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("mirrors", "0003_accounts")]
    operations = [
        # One row to a provider, asked for with each report.
        read_in_place("mirrors_mirror", "SELECT", any_of(scope_is("work"), OWN)),
        migrations.RunSQL(IS_MIRRORED, "DROP FUNCTION is_mirrored(uuid)"),
        migrations.RunSQL(
            COPY_WAITS, "DROP FUNCTION copy_waits(uuid, uuid, uuid, bigint, timestamptz)"
        ),
    ]

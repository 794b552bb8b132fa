from django.db import migrations

from havre.plumbing.walls import AGENCY, SCOPE, any_of, scope_is, wall

REFUSE = """
CREATE FUNCTION the_log_is_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the log is written once: % is refused', TG_OP USING ERRCODE = 'HV001';
END $$;
CREATE TRIGGER the_log_refuses_change BEFORE UPDATE OR DELETE ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION the_log_is_written_once();
CREATE TRIGGER the_log_refuses_truncate BEFORE TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION the_log_is_written_once();
"""
ALLOW = """
DROP TRIGGER the_log_refuses_truncate ON audit_entry;
DROP TRIGGER the_log_refuses_change ON audit_entry;
DROP FUNCTION the_log_is_written_once();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunSQL(REFUSE, ALLOW),
        wall(
            "audit_entry",
            select=any_of(
                scope_is("auditor", "work"),
                f"{scope_is('agency', 'coordinator', 'tipline')} AND agency = {AGENCY}",
            ),
            insert=f"{SCOPE} IS NOT NULL AND actor = (SELECT current_setting('havre.actor', true))",
        ),
    ]

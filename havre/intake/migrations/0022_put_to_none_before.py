"""Words of split reports that were put to none before anybody noted when: as of this release.

What is translated of them from here on lets them wait again, as of those that are put to none now.
"""

from django.db import migrations

PUT_TO_NONE = (
    "SELECT set_config('havre.scope', 'work', true);"
    " ALTER TABLE intake_message NO FORCE ROW LEVEL SECURITY;"
    " UPDATE intake_message SET decided_at = statement_timestamp(), kept_because = 'not-all'"
    " WHERE from_reporter AND cardinality(parts) = 0 AND decided_at IS NULL;"
    " ALTER TABLE intake_message FORCE ROW LEVEL SECURITY;"
    " SELECT set_config('havre.scope', '', true)"
)


class Migration(migrations.Migration):
    dependencies = [("intake", "0021_kept_because_unsaid")]
    operations = [migrations.RunSQL(PUT_TO_NONE, migrations.RunSQL.noop)]

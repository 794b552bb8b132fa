from django.db import migrations

# Answers that came before their account was kept: since the address and the account were last set
# they are that one's. Without it, no supplement would find the number of its first report there.
FILL = (
    "SELECT set_config('havre.scope', 'work', true);"
    " CREATE POLICY mirrors_answer_filled ON mirrors_answer FOR UPDATE USING (username = '') WITH CHECK (true);"
    " UPDATE mirrors_answer a SET username = m.username FROM mirrors_mirror m"
    " WHERE a.username = '' AND m.provider_id = a.provider_id AND m.url = a.url"
    " AND a.at >= m.set_at;"
    " DROP POLICY mirrors_answer_filled ON mirrors_answer;"
    " SELECT set_config('havre.scope', '', true)"
)


class Migration(migrations.Migration):

    dependencies = [
        ('mirrors', '0004_copies_by_function'),
    ]

    operations = [
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]

from django.db import migrations, models

# Raised as a broken rule, whose name the caller knows; what was packed with it is undone.
MUST_HOLD = """
CREATE FUNCTION must_hold(boolean, text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF $1 THEN RETURN true; END IF;
  RAISE EXCEPTION 'it does not hold: %', $2 USING ERRCODE = 'check_violation', CONSTRAINT = $2;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0011_walls_in_place"), ("agencies", "0008_keys_asked_again")]
    operations = [
        migrations.AddField(
            model_name="filing",
            name="sent_as",
            field=models.BinaryField(max_length=32, null=True),
        ),
        migrations.AddField(
            model_name="filing",
            name="changes",
            field=models.IntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("sent_as",),
                name="the_same_bytes_open_one_filing",
            ),
        ),
        migrations.RunSQL(MUST_HOLD, "DROP FUNCTION must_hold(boolean, text)"),
    ]

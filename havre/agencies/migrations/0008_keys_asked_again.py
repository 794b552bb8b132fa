from django.db import migrations

# For whoever knows a provider from before: its key still opens, and its row is the one that was
# read. Without a digest there is nothing to ask.
KEY_MUST_OPEN = """
CREATE FUNCTION key_must_open(bytea, timestamptz, text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF $1 IS NULL OR EXISTS (
    SELECT FROM agencies_providerkey k JOIN agencies_provider p ON p.id = k.provider_id
    WHERE k.digest = $1 AND (k.until IS NULL OR k.until > $2)
      AND p.is_active AND p.xmin::text = $3
  ) THEN RETURN true; END IF;
  RAISE EXCEPTION 'the key opens nothing, or its provider was changed'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'the_key_opens';
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0007_trust")]
    operations = [
        migrations.RunSQL(KEY_MUST_OPEN, "DROP FUNCTION key_must_open(bytea, timestamptz, text)")
    ]

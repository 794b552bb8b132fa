-- Whoever shows a key that is remembered must still hold it.
SELECT key_must_open(%(shown)s::bytea, %(at)s::timestamptz, %(seen)s::text)

-- How many requests of a key may be let in now, up to so many, and what is left of its count.
INSERT INTO records_pace AS p (key, tokens, taken, filled_at)
VALUES (
    %(key)s::uuid, %(burst)s::float8 - %(lease)s::int, %(lease)s::int, clock_timestamp()
)
ON CONFLICT (key) DO UPDATE SET (tokens, taken, filled_at) = (
    SELECT
        now.tokens - least(%(lease)s::int, floor(now.tokens)::int),
        least(%(lease)s::int, floor(now.tokens)::int),
        greatest(p.filled_at, excluded.filled_at)
    FROM (
        SELECT least(
            %(burst)s::float8,
            p.tokens + %(rate)s::float8
            * greatest(0, extract(epoch FROM excluded.filled_at - p.filled_at))
        ) AS tokens
    ) AS now
)
RETURNING taken, tokens

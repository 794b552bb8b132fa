-- The next number of the wire. Two who send the same bytes at once come one after the other.
SELECT nextval('intake_filing_counter'),
  pg_advisory_xact_lock(hashtextextended(%(sent)s::text, 0))::text

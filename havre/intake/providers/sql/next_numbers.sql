-- The next numbers of the wire, some at once: what a process does not use is never given.
SELECT nextval('intake_filing_counter') FROM generate_series(1, %(count)s::integer)

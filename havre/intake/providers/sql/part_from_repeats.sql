-- The same bytes mean another report by now: they may open another filing beside this one.
UPDATE intake_filing SET sent_as = NULL WHERE id = %(id)s::uuid

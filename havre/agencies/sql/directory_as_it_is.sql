-- A digest of the whole directory: another one, and what was read of it before holds no more.
SELECT md5(coalesce(string_agg(agency::text, '|' ORDER BY agency.code), ''))
FROM agencies_agency agency

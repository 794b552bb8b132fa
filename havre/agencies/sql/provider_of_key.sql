-- Which provider, its door open or closed, does a wire credential that is in force belong to?
SELECT p.id, p.code, p.name, p.environment, p.is_active, p.reading, p.fault_status,
  p.wants_quality, p.contact, p.regime, p.certificates, p.networks, p.mail_to, p.xmin::text
FROM agencies_provider p JOIN agencies_providerkey k ON k.provider_id = p.id
WHERE k.digest = %(digest)s::bytea
  AND (k.until IS NULL OR k.until > %(now)s::timestamptz)

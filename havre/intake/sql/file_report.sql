-- File a report with everything that belongs to it, in one statement. Lists come as arrays.
WITH the_token AS (
  INSERT INTO intake_token (digest, report, reference, made_at)
  SELECT %(token)s, %(id)s, %(reference)s, %(at)s WHERE %(token)s <> ''
), the_report AS (
  INSERT INTO intake_report
    (id, reference, channel, provider_id, language, received_at, received_zone, body, body_version,
     contact, incident_count, person_count, file_count, danger_now, subject_age_class, compartment,
     retention_class, legal_basis, quarantined)
  VALUES
    (%(id)s, %(reference)s, %(channel)s, %(provider)s, %(language)s, %(at)s, %(zone)s, %(body)s,
     %(body_version)s, %(contact)s, %(incident_count)s, %(person_count)s, %(file_count)s,
     %(danger_now)s, %(subject_age_class)s, %(compartment)s, %(retention_class)s, %(legal_basis)s,
     %(quarantined)s)
), the_incidents AS (
  INSERT INTO intake_incident (id, report_id, number, happening, danger_now)
  SELECT incident, %(id)s, number, happening, danger_now
  FROM unnest(%(incident_ids)s::uuid[], %(happenings)s::text[], %(dangers)s::boolean[])
    WITH ORDINALITY AS given (incident, happening, danger_now, number)
), the_keys AS (
  INSERT INTO evidence_recordkey
    (id, record, recipient, kek_id, wrapped, version, compartment, made_at)
  SELECT id, %(id)s, recipient, kek_id, wrapped, %(key_version)s, %(compartment)s, %(at)s
  FROM unnest(%(key_ids)s::uuid[], %(recipients)s::text[], %(kek_ids)s::text[],
    %(wraps)s::bytea[]) AS given (id, recipient, kek_id, wrapped)
), the_source AS (
  INSERT INTO evidence_exhibit (id, record, size, md5, sha1, sha256, sealed, location, sealed_at)
  SELECT %(source)s, %(id)s, %(source_size)s, %(source_md5)s, %(source_sha1)s, %(source_sha256)s,
    %(source_sealed)s, %(source_location)s, %(at)s
  WHERE %(source_is_new)s
), the_attachments AS (
  INSERT INTO intake_attachment (id, report_id, exhibit_id, is_source)
  SELECT id, %(id)s, exhibit, exhibit = %(source)s
  FROM unnest(%(attachment_ids)s::uuid[], %(exhibits)s::uuid[]) AS given (id, exhibit)
), the_receipt AS (
  INSERT INTO intake_receipt (lookup, report_id)
  SELECT %(lookup)s, %(id)s WHERE %(lookup)s <> ''
)
INSERT INTO intake_stage (id, report_id, stage, at) VALUES (%(stage_id)s, %(id)s, 'received', %(at)s)

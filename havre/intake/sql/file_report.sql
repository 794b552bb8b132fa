-- File a report with everything that belongs to it, in one statement. Lists come as arrays.
-- What stands between `only with` and `end` is left out where there is nothing of it: to set up an
-- insert takes as long as to make one.
WITH the_report AS (
  INSERT INTO intake_report
    (id, reference, channel, provider_id, language, received_at, received_zone, body, body_version,
     contact, incident_count, person_count, file_count, danger_now, subject_age_class, compartment,
     retention_class, legal_basis, quarantined, via)
  VALUES
    (%(id)s::uuid, %(reference)s::text, %(channel)s::text, %(provider)s::uuid,
     %(language)s::text, %(at)s::timestamptz, %(zone)s::text, %(body)s::bytea,
     %(body_version)s::smallint, %(contact)s::bytea, %(incident_count)s::smallint,
     %(person_count)s::smallint, %(file_count)s::smallint, %(danger_now)s::boolean,
     %(subject_age_class)s::text, %(compartment)s::text, %(retention_class)s::text,
     %(legal_basis)s::text, %(quarantined)s::boolean, %(via)s::text)
), the_incidents AS (
  INSERT INTO intake_incident (id, report_id, number, happening, danger_now)
  SELECT incident, %(id)s::uuid, number, happening, danger_now
  FROM unnest(%(incident_ids)s::uuid[], %(happenings)s::text[], %(dangers)s::boolean[])
    WITH ORDINALITY AS given (incident, happening, danger_now, number)
), the_keys AS (
  INSERT INTO evidence_recordkey
    (id, record, recipient, kek_id, wrapped, version, compartment, made_at)
  SELECT id, %(id)s::uuid, recipient, kek_id, wrapped, %(key_version)s::smallint,
    %(compartment)s::text, %(at)s::timestamptz
  FROM unnest(%(key_ids)s::uuid[], %(recipients)s::text[], %(kek_ids)s::text[],
    %(wraps)s::bytea[]) AS given (id, recipient, kek_id, wrapped)
), the_attachments AS (
  INSERT INTO intake_attachment (id, report_id, exhibit_id, is_source)
  SELECT id, %(id)s::uuid, exhibit, exhibit = %(source)s::uuid
  FROM unnest(%(attachment_ids)s::uuid[], %(exhibits)s::uuid[]) AS given (id, exhibit)
)
-- only with source
, the_source AS (
  INSERT INTO evidence_exhibit (id, record, size, md5, sha1, sha256, sealed, location, sealed_at)
  VALUES (%(source)s::uuid, %(id)s::uuid, %(source_size)s::bigint, %(source_md5)s::text,
    %(source_sha1)s::text, %(source_sha256)s::text, %(source_sealed)s::bytea,
    %(source_location)s::text, %(at)s::timestamptz)
)
-- end
-- only with token
, the_token AS (
  INSERT INTO intake_token (digest, report, reference, made_at)
  VALUES (%(token)s::text, %(id)s::uuid, %(reference)s::text, %(at)s::timestamptz)
)
-- end
-- only with receipt
, the_receipt AS (
  INSERT INTO intake_receipt (lookup, report_id) VALUES (%(lookup)s::text, %(id)s::uuid)
)
-- end
INSERT INTO intake_stage (id, report_id, stage, at)
VALUES (%(stage_id)s::uuid, %(id)s::uuid, 'received', %(at)s::timestamptz)

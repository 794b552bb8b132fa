-- Start the clock of preservation of a new report.
INSERT INTO law_preservation
  (report_id, provider_id, number, regime, version, started_at, until, reminded_at, ended_at)
VALUES (%(report)s::uuid, %(provider)s::uuid, %(number)s::bigint, %(regime)s::text,
  %(version)s::text, %(started_at)s::timestamptz, %(until)s::date, NULL, NULL)

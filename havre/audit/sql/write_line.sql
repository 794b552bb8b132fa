-- Write one line of the log.
INSERT INTO audit_entry
  (id, at, event, actor, agency, about_kind, about, details, salt, version, leaf_index)
VALUES
  (%(id)s, %(at)s, %(event)s, %(actor)s, %(agency)s, %(about_kind)s, %(about)s, %(details)s,
   %(salt)s, %(version)s, NULL)

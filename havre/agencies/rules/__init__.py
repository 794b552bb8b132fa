"""The law of the directory: kinds of agencies, roles, permits."""

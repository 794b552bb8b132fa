"""Rules of search: when two names may be one person's."""

"""Whom a report names of an agency's own people, and from whom that keeps it."""

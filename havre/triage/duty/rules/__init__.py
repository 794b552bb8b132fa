"""Decisions about shifts, without a database and without a clock."""

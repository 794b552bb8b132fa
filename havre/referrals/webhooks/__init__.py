"""Webhooks: a record system is told that something is new, signed, and asks for what it is."""

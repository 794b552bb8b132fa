"""Telling a police service, and others, that a provider's notification waits for it."""

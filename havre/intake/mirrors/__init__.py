"""Mirrors: what a provider finished here is sent on to a second base address of its own."""

"""The analysts' queue: what to read first, where it should go, and what was decided."""

"""Decisions drawn by lot and read by a second person, who learns what was known when they fell."""

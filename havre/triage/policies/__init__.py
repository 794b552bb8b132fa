"""Versions of the triage policy: proposed by one person, simulated, put in force by another."""

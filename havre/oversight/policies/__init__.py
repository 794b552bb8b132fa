"""The pages of the triage policy: what would move if it changed, and who decides."""

"""What analysts looked at in the open for a report, in their words; Havre fetches nothing."""

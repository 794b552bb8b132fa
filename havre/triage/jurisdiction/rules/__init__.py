"""The law of jurisdiction: evidence of place, and the agencies it points at."""

"""All that happened in a case, in the order of time."""

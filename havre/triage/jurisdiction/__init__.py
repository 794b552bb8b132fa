"""Where a report should go, with the evidence for it."""

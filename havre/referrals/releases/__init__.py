"""What an agency lets a report's sender know of what came of it."""

"""What a reporter tells after a report went to an agency whole, until somebody decides on it."""

"""Who is on call at a desk, when, and the hours for which nobody is."""

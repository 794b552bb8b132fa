"""When much is too much, and what is never set aside for it."""

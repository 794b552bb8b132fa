"""Which words an outcome opens."""

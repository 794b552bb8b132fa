"""A provider's own console: its reports, how good they are, its duties and its keys."""

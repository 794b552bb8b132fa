"""How a file of reports is written: bytes to rows and back, and no more."""

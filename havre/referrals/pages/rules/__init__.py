"""How a told text is cut and marked."""

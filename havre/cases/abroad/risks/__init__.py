"""Assessing what an exchange risks, deciding on it, and tying it to what it is about."""

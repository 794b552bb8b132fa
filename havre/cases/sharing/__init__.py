"""Sharing a case with another agency, working it together, handing it over."""

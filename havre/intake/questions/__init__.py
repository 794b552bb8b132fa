"""Closed questions of police to the provider that reported, and the wish to keep an account up."""

"""The model file, the people that are compared, and what a refit would change."""

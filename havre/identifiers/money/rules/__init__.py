"""The checks that tell a real address from a long word."""

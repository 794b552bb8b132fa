"""The demo world: who works in it, what is told in it, and what becomes of that."""

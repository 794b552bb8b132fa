"""Rules of a case: how it moves, and who may read, write and lead it."""

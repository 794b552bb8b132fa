"""An interpreter's own door: the words of a report in a language they read, and nothing else."""

"""The jobs that stand in line."""

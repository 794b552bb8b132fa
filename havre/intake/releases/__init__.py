"""What became of a report, as far as the service that has it lets its sender know."""

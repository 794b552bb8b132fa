"""Which finding rules and normal forms a report was noted by, and whether they are the present."""

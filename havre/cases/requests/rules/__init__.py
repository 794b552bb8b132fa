"""What the law gives each legal request, how it moves, and when it is due."""

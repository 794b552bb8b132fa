"""What every JSON door shares: bodies read strictly, refusals as problems, cursors, OpenAPI."""

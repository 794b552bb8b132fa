"""Finding somebody in the cases and reports that one may see."""

"""A person sets another lane than the rules: with a reason, shown with the score, and undone."""

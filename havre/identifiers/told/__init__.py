"""What is told over several lines or clauses: answers in a talk, cards, tables, "im x there"."""

"""Words in a third language: marked, kept in their place, translated by a person, scored anew."""

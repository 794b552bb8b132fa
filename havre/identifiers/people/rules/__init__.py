"""What tells a name, a school, a street or a plate from the words around it."""

"""What hides an identifier from a machine, undone where it still reads as what it is."""

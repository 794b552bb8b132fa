"""Finding what was told by an identifier or a number, in all that one may see."""

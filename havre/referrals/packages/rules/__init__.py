"""The members of a package, and how it is checked."""

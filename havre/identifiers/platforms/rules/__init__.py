"""How a name on a platform is told from the words around it, and when two are the same."""

"""How a group or a server is told in a text, and when two are the same."""

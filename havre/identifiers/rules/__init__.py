"""What an identifier is, how one is found in a text, and when two are the same."""

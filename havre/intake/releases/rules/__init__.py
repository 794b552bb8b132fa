"""The words that may be told, and when."""

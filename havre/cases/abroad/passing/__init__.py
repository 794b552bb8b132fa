"""Documents from abroad that the international desk passes on to one agency at home."""

"""What a shift at the desk hands to the next: what came, went and waits, and a word about it."""

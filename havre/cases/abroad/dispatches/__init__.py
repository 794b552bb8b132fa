"""What passes between the international desk and a partner, as the partner's clerks see it."""

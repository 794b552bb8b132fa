"""What was asked and what answers it, which field of a card is which, and what a clause tells."""

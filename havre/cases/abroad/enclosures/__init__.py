"""Documents that clerks of partners abroad send with what they tell: sealed, never opened here."""

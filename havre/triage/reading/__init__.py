"""How a text is read: ages, days, ideas beside each other, and what it is all about."""

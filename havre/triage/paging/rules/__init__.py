"""How a page climbs, and by which ways a person is reached."""

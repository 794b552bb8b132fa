"""The steps of the route: taken, several together or one alone, and noted."""

"""What each page is called, by who comes to it."""

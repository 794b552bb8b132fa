"""What goes out of the house over HTTP: where it may lead, and how it is called."""

"""How an exchange with another country moves, what it risks, and which groups it names."""

"""How people hide from machines what they tell: dressed letters, veiled names, broken codes."""

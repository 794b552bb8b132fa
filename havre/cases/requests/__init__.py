"""Legal requests of a case: demands and orders to those who hold data, with their clocks."""

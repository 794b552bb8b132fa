"""How an operation and its targets move, and who may see it when."""

"""Documents of the provider wire in JSON: read as its grammar has them, and described by it."""

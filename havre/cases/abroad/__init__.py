"""The international desk: requests from and to agencies of other countries, and what they risk."""

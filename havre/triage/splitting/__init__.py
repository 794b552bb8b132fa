"""Splitting a report that tells of several matters, and the score and end of each of them."""

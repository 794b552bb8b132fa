"""The public door: the questions asked one at a time, and what a reporter comes back to."""

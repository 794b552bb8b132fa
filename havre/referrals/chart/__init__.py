"""The neighbourhood of a report as a picture, with the same in a table below it."""

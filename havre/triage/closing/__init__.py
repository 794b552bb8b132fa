"""Closing a report without sending it on: with a reason, some read twice, undone at will."""

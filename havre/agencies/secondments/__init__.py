"""Officers of one agency who work in another for a time, agreed by both."""

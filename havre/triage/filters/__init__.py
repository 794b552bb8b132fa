"""Filters of the queue kept under a name: one's own, or of the whole desk."""

"""Comparing all suspects with all, in one long run: who may be one person. It only proposes."""

"""Passing on what a reporter told later to whoever has the report, or keeping it back."""

"""Havre: the open national tipline and case exchange for protecting children."""

"""The rules of the public door: which question comes next, and what the answers make."""

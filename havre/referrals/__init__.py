"""Sending a report to the agency that can act, its inbox, and hearing back."""

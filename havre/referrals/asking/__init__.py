"""Asking the provider that reported, from a referral or from the desk, and hearing its answer."""

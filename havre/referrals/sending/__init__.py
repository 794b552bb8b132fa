"""The desk's side of a referral: to whom it goes, what must not, and taking it back."""

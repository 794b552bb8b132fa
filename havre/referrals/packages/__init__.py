"""What an agency may take away of a referral: one archive, checked without us."""

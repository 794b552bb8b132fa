"""Which agency may read a report, or a part of it: the rows that a referral asks for."""

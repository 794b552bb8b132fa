"""What is new for an agency, and the e-mail that says no more than that something waits."""

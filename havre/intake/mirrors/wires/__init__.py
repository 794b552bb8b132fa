"""The same wire from the other side: what is sent, and what an answer says."""

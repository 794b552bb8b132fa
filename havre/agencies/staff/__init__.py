"""Officers' accounts: who is added, changed, closed, and helped back in."""

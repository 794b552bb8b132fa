"""Two agencies on one suspect: who to call, and what may be released."""

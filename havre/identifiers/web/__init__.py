"""Places on the net by their names: web addresses and hosts, plain, disguised or said aloud."""

"""One report that tells of several matters: which of what it tells belongs to which incident."""

"""Taking out of a case what was added by mistake, with a note that says so."""

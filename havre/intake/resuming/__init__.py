"""Files that arrive in pieces: an upload that broke off goes on where it stood (tus 1.0.0)."""

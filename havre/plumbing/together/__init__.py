"""Several steps of Havre's own that ask and write together."""

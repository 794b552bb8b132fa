"""Many reports that are one: empty forms in bulk, and one file that went round."""

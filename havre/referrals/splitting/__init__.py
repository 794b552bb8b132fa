"""The page on which an analyst says what of a report belongs to which of its incidents."""

"""The pages on which a second person reads a decision that was drawn by lot."""

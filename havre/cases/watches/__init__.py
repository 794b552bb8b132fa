"""The pages of an agency's watch list: what it watches, which alerts came, and what they are."""

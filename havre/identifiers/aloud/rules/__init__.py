"""How what a person says, or writes as it is said, becomes digits, letters and signs."""

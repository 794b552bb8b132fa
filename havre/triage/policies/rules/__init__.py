"""How a policy is changed, what may not be lowered, and what a change would have moved."""

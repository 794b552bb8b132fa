"""The bulletin board: notices of one agency to all that hold a compartment, until a day."""

"""Values as they travel to the database."""

"""What analysts say of a link."""

"""What a provider tells a police service itself (section 3), past the tipline."""

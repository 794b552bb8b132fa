"""The law of reading: nothing here knows a lane or a point."""

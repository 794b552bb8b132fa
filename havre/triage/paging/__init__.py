"""Who is called when a report cannot wait, by which way, and whether somebody took it."""

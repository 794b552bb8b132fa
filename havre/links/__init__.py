"""What ties one report to another, how strongly, and why."""

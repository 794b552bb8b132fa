"""What the provider's door decides by: lanes, times, and how good a report is."""

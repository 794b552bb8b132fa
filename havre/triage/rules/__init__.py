"""How a report is ranked, and where it should go: pure decisions, each with its reasons."""

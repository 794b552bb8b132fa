"""The libraries' signals, heard in one place (decision 29)."""

"""Where the rooms are joined: settings, every door, the route of a report, the command line."""

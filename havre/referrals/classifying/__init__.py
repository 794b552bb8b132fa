"""What kind of happening an incident is, as its reporter said and as the desk takes it to be."""

"""Who reported: given to one agency, where the reporter agrees or a court orders it."""

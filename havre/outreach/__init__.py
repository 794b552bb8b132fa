"""Enquiries from the public, fact sheets, printed kits and their orders."""

"""The two pages that show a report: the desk's, where it is decided, and the addressee's."""

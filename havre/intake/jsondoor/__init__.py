"""The provider's door in JSON: the same reports, rules and actions as on the XML wire."""

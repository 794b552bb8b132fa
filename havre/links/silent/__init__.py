"""Identifiers that an agency keeps quiet: they tie no reports at the desk, and it alone is told."""

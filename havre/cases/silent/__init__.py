"""The pages of silent watches: what an agency keeps quiet, and what the coordinator grants."""

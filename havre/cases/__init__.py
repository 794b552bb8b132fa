"""An agency's own investigations."""

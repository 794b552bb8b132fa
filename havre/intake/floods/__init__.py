"""Many at once: what comes too often from one place, or again and again in the same words."""

"""Whether the clusters kept are those that everything told and judged makes; if not, mended."""

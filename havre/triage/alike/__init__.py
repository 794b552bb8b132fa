"""Reports that say nearly the same: shown as one row of the queue, and decided once for all."""

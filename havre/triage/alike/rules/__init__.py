"""When reports say nearly the same, and what is decided once for several."""

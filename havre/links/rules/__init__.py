"""How much shared identifiers weigh, how reports make clusters, and how to say so."""

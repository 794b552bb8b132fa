"""Two reports side by side: what ties them, and what analysts say of it."""

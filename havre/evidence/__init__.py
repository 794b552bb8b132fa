"""The vault: files as they came, their hashes, and the keys that open them."""

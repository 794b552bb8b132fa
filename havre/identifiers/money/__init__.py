"""Where money is asked for: addresses on block chains and bank accounts, by their checksums."""

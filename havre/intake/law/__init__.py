"""What the law asks of a provider's report: regimes, clocks, receipts and notifications."""

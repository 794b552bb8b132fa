"""The statutory receipts of section 2 as a provider's people see, print and keep them."""

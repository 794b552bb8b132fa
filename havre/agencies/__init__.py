"""Who we work with: agencies, officers, providers, and what each may do."""

"""The annual report on section 2: what the organization tells the ministers by 30 June."""

"""The front desk's law: the shape of a submission, receipts and references."""

"""Outside formats by which reports reach the front desk, turned into a submission and back."""

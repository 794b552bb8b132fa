"""What the record shows: the log for auditors, statistics, the annual report, disclosure."""

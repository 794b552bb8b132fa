"""Many reports in one file: read row by row, filed one by one, and told row by row."""

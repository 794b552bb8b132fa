"""Forms of proof that others read: signatures in documents, time stamps, sealed files."""

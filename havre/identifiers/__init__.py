"""Phones, e-mails, handles and addresses found in reports, made comparable."""

"""The platforms people name, and the names, accounts, groups and servers on them."""

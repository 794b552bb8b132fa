"""Reports as XARF v4, by program or as a letter by e-mail: read, and filed like any other."""

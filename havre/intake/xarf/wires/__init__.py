"""XARF v4 and the letters that it travels in: bytes to what we keep, and no more."""

"""The normal forms of such numbers, and where a text tells one."""

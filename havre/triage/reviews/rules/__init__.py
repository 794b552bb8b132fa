"""Which decisions are drawn, and what a second reader may say of one."""

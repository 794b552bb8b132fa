"""The yearly report on the risk of mistreatment abroad: how often it was assessed, and refused."""

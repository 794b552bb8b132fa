"""Reports of a provider in which police find nothing to act on, and what is asked instead."""

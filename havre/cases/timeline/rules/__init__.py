"""What a timeline is made of, and how its pages follow each other."""

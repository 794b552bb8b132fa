"""What is said aloud: numbers and days in words, codes spelled, signs named, corrections."""

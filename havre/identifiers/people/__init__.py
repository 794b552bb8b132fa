"""Who and where: people by name and age, schools, street addresses, licence plates."""

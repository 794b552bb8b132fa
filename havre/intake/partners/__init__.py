"""Those who send people to us: police services, schools, helplines; and how many came by each."""

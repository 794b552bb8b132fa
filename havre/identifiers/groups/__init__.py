"""Groups, channels and servers by name, and the numbers of servers, games and accounts."""

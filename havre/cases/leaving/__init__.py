"""What an officer from another agency leaves behind when their time here is over."""

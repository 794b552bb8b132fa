"""The front of the house: programs come in before all that is made for browsers."""

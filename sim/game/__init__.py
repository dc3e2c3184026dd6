"""The wargame: seats, orders, turns, what is kept of a game, and the room of a class."""

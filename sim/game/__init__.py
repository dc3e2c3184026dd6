"""The wargame: seats, orders and turns on the same model; a game is its log and is recomputed by replay."""

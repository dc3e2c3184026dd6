"""The one error of this layer."""


class GameError(ValueError):
    """An order, a set-up or a game cannot be used; the text is one sentence that says what to do."""

"""The one error of this layer."""


class ScenarioError(ValueError):
    """A scenario, lever setting or link cannot be used; the text is one sentence naming field and way out."""

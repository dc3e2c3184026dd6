"""The analyst's bench: which lever did it, which assumption matters, when a plan fails, what is robust."""

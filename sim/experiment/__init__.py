"""Experiments: many replications of a scenario, and scenarios beside each other."""

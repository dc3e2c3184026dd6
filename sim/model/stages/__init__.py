"""The stages of a month: each one compiled function for one entity, on the shared state."""

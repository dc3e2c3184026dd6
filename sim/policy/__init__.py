"""What can be chosen (levers), what can happen (shocks), what is measured, and scenario files."""

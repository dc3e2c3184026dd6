"""Reads and checks the seeds: every number with its range, unit, date, source and grade."""

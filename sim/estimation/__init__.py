"""Sets the model beside the record: patterns, ranges of plausibility, and what happened in 2022 to 2025."""

"""Why states choose: real decisions, what was known before each, the estimated weights and their exam."""

# Everything is in tools/env.py, which also works without make: python tools/env.py run
PYTHON ?= python3

.PHONY: run test env lock
run test env lock:
	@$(PYTHON) tools/env.py $@ $(ARGS)

"""How many examples each property of merge and redline is tried with: 1,000, or as many as are asked for by hand."""

import os

from hypothesis import HealthCheck, settings

EXAMPLES = int(os.environ.get("FORANKRING_EXAMPLES", "1000"))
PROVEN = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)

"""What `scripts/bench` measures: the running product against the same work done by the database alone."""

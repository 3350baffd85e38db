"""What scripts call: whole errands, each a module with a `main`."""

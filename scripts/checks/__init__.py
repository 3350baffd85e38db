"""What ``scripts/test`` and CI run: every check of the repository as a named section."""

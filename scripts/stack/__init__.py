"""The development stack behind ``scripts/dev``: installs, starts, watches and stops everything that FieldLite needs."""

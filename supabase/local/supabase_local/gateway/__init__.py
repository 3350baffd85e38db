"""The HTTP door: keys, cross-origin rules, one path for each service, and what is not built."""

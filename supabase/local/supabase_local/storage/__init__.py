"""Storage, which is not built: it says so."""

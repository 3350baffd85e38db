"""The thin Flask service: it translates between providers, people and the database, and decides nothing."""

"""PostgreSQL: its programs, the account that it runs as, its data folder, its process."""

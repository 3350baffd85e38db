"""The SQL that turns an empty PostgreSQL into a Supabase database, in the order of the file names."""

"""The embedded Supabase: a real PostgreSQL and one process that speaks Supabase's protocols."""

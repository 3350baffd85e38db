"""A Supabase project from the outside: whether its migrations are ours, and whether its settings do."""

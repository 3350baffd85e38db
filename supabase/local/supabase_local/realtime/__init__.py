"""Realtime: broadcast, presence and database changes over Phoenix channels, as hosted Supabase Realtime has them."""

"""Accounts and sessions: the service talks to Supabase Auth, the browser holds a short access token in memory.

The refresh token lives in an httpOnly cookie that page scripts cannot read. Who may do what is decided elsewhere, by
the database, from the access token.
"""

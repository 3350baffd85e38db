"""The auth room: the parts of Supabase Auth (GoTrue) that password, e-mail and admin flows use, mounted at /auth/v1."""

"""The mails that the service sends itself. Supabase Auth sends those about accounts, from `supabase/templates`."""

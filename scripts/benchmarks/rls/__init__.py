"""What row-level security costs: the screens' own queries beside the same queries without it, in one large database."""

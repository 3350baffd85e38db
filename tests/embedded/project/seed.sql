insert into public.shapes ("na;me") values ('square'), ('circle; with a semicolon');

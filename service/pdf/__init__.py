"""Documents on paper, made when somebody asks and kept nowhere."""

"""Pages for a company's customers, who have a phone and no log-in: rendered here, complete without JavaScript."""

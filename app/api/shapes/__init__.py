"""How our values look in the original's JSON, a file for each kind of thing."""

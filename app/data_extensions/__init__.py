"""What a table of contacts looks like: fields, kinds of value, checking a row against a schema."""

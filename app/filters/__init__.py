"""The condition tree of Filter Contacts and decision splits: SQL, in-memory match, sentence, explanation."""

"""The servers that the API's benchmark compares, and its load."""

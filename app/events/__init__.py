"""Event definitions, the key and its rules, payloads, ready-made code."""

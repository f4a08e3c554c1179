"""Files and other people's formats."""

"""What lies at the side of the canvas: problems, history, outline."""

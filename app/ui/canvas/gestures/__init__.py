"""What a hand does on the canvas, one object each: it begins, moves, ends or is cancelled, and paints itself."""

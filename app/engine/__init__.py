"""Pure decisions: admission and the way of one contact through a version of a journey."""

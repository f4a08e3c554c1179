"""The pages beside the journeys: lists of what is in the workspace. Imported after the first paint."""

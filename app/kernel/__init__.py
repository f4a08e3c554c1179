"""The few things that every room needs: errors, clock, ids, registry, bus."""

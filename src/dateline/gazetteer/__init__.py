"""Places of the world: what newspapers call them, where they lie, and which of them a name may mean."""

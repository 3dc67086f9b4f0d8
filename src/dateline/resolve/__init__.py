"""From words to calendar days, gazetteer places and actors."""

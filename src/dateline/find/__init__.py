"""The stages that find facts in the text."""

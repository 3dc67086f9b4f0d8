"""Tests of the stages that find facts."""

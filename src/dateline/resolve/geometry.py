"""Arithmetic on the globe: distances, moving a point, circles around several places."""

from __future__ import annotations

import math
from collections.abc import Sequence

EARTH_KM = 6371.0
BEARINGS = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0, "south": 180.0, "southwest": 225.0, "west": 270.0,
    "northwest": 315.0,
}  # fmt: skip
"""Points of the compass, in degrees clockwise from north."""


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The distance in kilometres along a great circle."""
    p1, p2 = math.radians(lat1), math.radians(lat2)
    a = math.sin((p2 - p1) / 2) ** 2 + math.cos(p1) * math.cos(p2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(a)))


def moved(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """The point `km` kilometres from here in the direction of `bearing` (degrees clockwise from north)."""
    p, d, b = math.radians(lat), km / EARTH_KM, math.radians(bearing)
    q = math.asin(math.sin(p) * math.cos(d) + math.cos(p) * math.sin(d) * math.cos(b))
    east = math.atan2(math.sin(b) * math.sin(d) * math.cos(p), math.cos(d) - math.sin(p) * math.sin(q))
    return math.degrees(q), (lon + math.degrees(east) + 180.0) % 360.0 - 180.0


def circle_around(circles: Sequence[tuple[float, float, float]]) -> tuple[float, float, float]:
    """A circle (latitude, longitude, radius in km) that holds all these circles; there must be at least one."""
    x = sum(math.cos(math.radians(lat)) * math.cos(math.radians(lon)) for lat, lon, _ in circles)
    y = sum(math.cos(math.radians(lat)) * math.sin(math.radians(lon)) for lat, lon, _ in circles)
    z = sum(math.sin(math.radians(lat)) for lat, _, _ in circles)
    lat, lon = math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))
    return lat, lon, max(distance_km(lat, lon, a, b) + radius for a, b, radius in circles)

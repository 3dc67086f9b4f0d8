"""The same reading for very many articles: over Arrow record batches, on one machine or on Daft, Ray or Spark."""

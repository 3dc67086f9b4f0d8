"""What people have, made into articles: one file for each form."""

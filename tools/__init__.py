"""What people who work on Dateline run by hand."""

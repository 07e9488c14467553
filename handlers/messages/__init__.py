"""What people read: rows and words in, a View out."""

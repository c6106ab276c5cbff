"""What people type into the pages of the slice, checked for shape; whether it may be done is the actions' affair."""

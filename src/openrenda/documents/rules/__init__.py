"""What a file must be to be taken: sizes, kinds by content, pictures, PDF, office papers. No database, no storage."""

"""Pages that belong to no single slice: home, search, workbench. Composes; decides nothing."""

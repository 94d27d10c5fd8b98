-- Search of titles and numbers by a part of them: the operator class of an index of the case list (projections/case_index.py).
create extension if not exists pg_trgm;

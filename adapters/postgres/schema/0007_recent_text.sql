-- What was written shortly before about the same unit, so that the same words again wait to be looked at.

create unlogged table recent_text (
    key bytea       primary key check (octet_length(key) = 32),
    by  uuid        not null,
    at  timestamptz not null
);
create index recent_text_at on recent_text (at);
comment on table recent_text is 'Keyed hashes of bands of word groups, with a key that changes every day: no word can be read from them. by: the request that brought them.';

grant select, insert, update, delete on recent_text to hoso_app;

-- Names and contacts of submitters, sealed, and the hashes by which an exact name or telephone finds them.

create table submitter_identity (
    ref           uuid     primary key,
    subject       uuid     not null,
    sealed        bytea,                             -- null: erased
    index_entries smallint not null default 0        -- how many hashes were made of it, for the erasure certificate
);
create index submitter_identity_subject on submitter_identity (subject);
comment on table submitter_identity is 'Who a submitter is, under the key of the subject. No fact and no read model holds it.';

create table blind_index (
    subject uuid  not null,
    field   text  not null check (field in ('name', 'phone')),
    hash    bytea not null check (octet_length(hash) = 32),
    primary key (field, hash, subject)
);
create index blind_index_subject on blind_index (subject);
comment on table blind_index is 'Keyed hashes for exact search, deleted with the subject. Stands outside all digests.';

grant select, insert, update on submitter_identity to hoso_app;
grant select, insert, delete on blind_index to hoso_app;

-- Where each consumer of the log stands, what it could not digest, and the schema of the read models.

create table consumer (
    name text not null,
    version integer not null,
    log_index bigint not null default -1,  -- the last fact that it has taken in
    halted text,                           -- why it stands still: kind of error, never a value
    primary key (name, version)
);

-- A key whose fact could not be folded: it and all its later facts wait here until it is released.
create table parked (
    consumer text not null,
    version integer not null,
    key uuid not null,
    log_index bigint not null,             -- the first fact that waits
    error text not null,                   -- kind and place of the error, never a value
    at timestamptz not null default now(),
    primary key (consumer, version, key)
);

grant select, insert, update on consumer to hoso_app;
grant select, insert, delete on parked to hoso_app;

create schema read_model;
grant usage on schema read_model to hoso_app;
alter default privileges in schema read_model grant select, insert, update, delete on tables to hoso_app;

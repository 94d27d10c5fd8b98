-- Mails on their way, and which notices somebody has read. Neither is a fact: the one is carrying out, the other a habit.

create table outbox (
    id          uuid        primary key,
    account_id  uuid        not null,
    kind        text        not null,
    case_id     uuid,
    put_at      timestamptz not null,
    send_after  timestamptz not null,
    attempts    int         not null default 0,
    last_error  text        not null default '',
    outcome     text        not null default '' check (outcome in ('', 'sent', 'dropped', 'given-up')),
    done_at     timestamptz
);
create index outbox_waiting on outbox (send_after) where done_at is null;
create index outbox_done on outbox (done_at) where done_at is not null;
comment on table outbox is 'Ids only: address and words are found when a mail goes out. id follows from the fact and the person and is the Message-ID.';

create table notice_read (
    account_id uuid        not null,
    notice_id  uuid        not null,
    read_at    timestamptz not null,
    primary key (account_id, notice_id)
);
comment on table notice_read is 'notice_id: the event id of the fact that the notice tells.';

grant select, insert, update, delete on outbox, notice_read to hoso_app;

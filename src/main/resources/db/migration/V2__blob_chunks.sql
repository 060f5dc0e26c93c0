-- Blobs in the database: chunks of 256 KiB, and one row that says that all chunks of a blob are there.

CREATE TABLE blob_chunk (
    hash  VARCHAR(64) NOT NULL,
    seq   INTEGER     NOT NULL,
    bytes BYTEA       NOT NULL,
    PRIMARY KEY (hash, seq)
);

CREATE TABLE complete_blob (
    hash VARCHAR(64) NOT NULL PRIMARY KEY,
    size BIGINT      NOT NULL
);

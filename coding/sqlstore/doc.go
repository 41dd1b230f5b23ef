// Package sqlstore keeps everything of record in one SQL database: SQLite, in one file, by the pure Go driver.
//
// Writes go through one writer, which puts the Updates that are waiting at the same moment into one commit, each but the
// first behind a savepoint of its own; so a disk flush is shared by all who wait for it. Views read from a pool of connections, each in
// one read transaction. The SQL is written for SQLite and PostgreSQL alike; what differs between them stands in sqlite.go
// and in the migrations.
//
// No statement is ever interrupted: a context is looked at between statements. SQLite answers the interruption of a write
// by rolling back the whole transaction, which may hold the work of others.
package sqlstore

/// # LiveSystem
///
/// What is live, as rows in a database: observes them as a `LiveState` and performs the steps of a
/// plan on them, under a lock and with a journal.
///
/// - `LiveStore.swift`: opens a store and reads it.
/// - `Locking/`: who may write. `LockedStore` is the only type that does, and every transaction of
///   its own begins and ends with the question whether its lock is still held.
/// - `Journal/`: operations, written down before anything of them is done.
/// - `Feed/`: what moved, whoever moved it, from triggers that every connection runs.
/// - `Orders/`: what people ordered beside git: protections, retirements, overrides, pins.
/// - `Tables/`: how a kind's field table becomes the columns of its table, and content a row.
/// - `Migrations/`: the tables themselves, as SQL to be read by people.
/// - `Observing/`: rows → canonical contents, without a value in between.
/// - `Performing/`: steps → guarded statements, a pure function; then the transactions.
///
/// People open the store with `sqlite3` and change it by hand. Observing must therefore never fail
/// on a value nor lose one: what does not fit its column's form is carried as it is, so that it
/// shows as drift and can be guarded against like everything else.
///
/// This target must never decide what to change (that is Planning's), and never touch a slot that
/// is past `planned` (that is the engine's).
public enum LiveSystem {}

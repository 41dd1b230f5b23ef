// Package room is the rules of a live session in a workshop: what participants may send, what the room sees of it, what it comes
// to, and how it becomes data. It is pure: the Store interface says what it needs kept, and coding/sqlstore keeps it.
//
// A participant is nobody: a secret that the browser keeps, of which the store has a fingerprint. What participants send are acts.
// Each act carries a key of its own, so that a phone that did not hear the answer sends it again and it is done once. The rules of
// an act (Room.Judge) run inside the transaction that writes it, so that racing requests cannot pass a limit together.
//
// Cards are frozen when the room is opened: theme labels, quotes that were approved then and numbers that readers may see. Nothing
// else of the project is reachable from a room.
package room

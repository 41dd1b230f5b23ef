// Package coding is the hub: the types of the trade, the use cases, their errors, the Store contract and the change log.
//
// A change travels one way: a use case of Service opens a Step inside Store.Update, checks permission and invariants, and
// hands each changed entity to Tx.Put. Put writes the entity and its change row together, so that nothing can be changed
// without history, and undo is the same write with before and after swapped.
package coding

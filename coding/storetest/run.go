// Package storetest is the suite that every coding.Store passes: what the interface's comments promise, one test for each
// promise. A store's own tests call Run, and add what only that store can be asked.
package storetest

import (
	"testing"

	"avokoodi/coding"
)

// Run tests the stores that open makes; each must be empty. open closes its store with t.Cleanup.
func Run(t *testing.T, open func(t *testing.T) coding.Store) {
	for _, part := range []struct {
		name string
		fn   func(*testing.T, func(t *testing.T) coding.Store)
	}{
		{"projects", suite(testProjects)},
		{"deleting a project", suite(testDeleteProject)},
		{"entities", suite(testEntities)},
		{"revised", suite(testRevised)},
		{"details of entities", suite(testDetails)},
		{"conflicts", suite(testConflicts)},
		{"references", suite(testReferences)},
		{"projects apart", suite(testIsolation)},
		{"bad puts", suite(testBadPuts)},
		{"order of lists", suite(testOrder)},
		{"steps", suite(testSteps)},
		{"filter of steps", suite(testStepFilter)},
		{"marking undone", suite(testMarkUndone)},
		{"erasing", suite(testErase)},
		{"last change", suite(testLastChange)},
		{"failure", suite(testFailure)},
		{"panic", suite(testPanic)},
		{"cancelling", suite(testCancel)},
		{"use after the end", suite(testOver)},
		{"snapshot", suite(testSnapshot)},
		{"concurrent writers", suite(testConcurrent)},
		{"bulk", suite(testBulk)},
		{"bulk failing", suite(testBulkFailure)},
		{"undo of an import", suite(testImportUndo)},
		{"batches of ids", suite(testBatches)},
		{"streams", suite(testStreams)},
		{"streams with work between", suite(testStreamWork)},
		{"people", suite(testPeople)},
		{"members", suite(testMembers)},
		{"settings", suite(testSettings)},
		{"watching", suite(testWatch)},
		{"any sequence of changes", testModel},
	} {
		t.Run(part.name, func(t *testing.T) { part.fn(t, open) })
	}
}

func suite(fn func(f *fixture)) func(*testing.T, func(t *testing.T) coding.Store) {
	return func(t *testing.T, open func(t *testing.T) coding.Store) { fn(newFixture(t, open(t))) }
}

package index

import (
	"context"
	"errors"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"

	"avokoodi/index/query"
	"avokoodi/themes"
)

func TestGuard(t *testing.T) {
	if err := guard("test", func() error { panic("index out of range") }); !errors.Is(err, errDamaged) {
		t.Errorf("a panic: %v", err)
	}
	if err := guard("test", func() error { return foreign(func() error { return ErrClosed }) }); err != ErrClosed {
		t.Errorf("an error: %v", err)
	}
}

type broken struct{}

func (broken) Resolve(context.Context, *query.Field, query.Value) (*roaring.Bitmap, bool, error) {
	panic("not our fault")
}

// TestForeignPanic: what goes wrong in a Resolver says nothing about the index.
func TestForeignPanic(t *testing.T) {
	d := newDesk(t).open()
	d.add(said{themes.FI, "tuki"})
	d.sync()
	_, before := d.filesBelow()
	func() {
		defer func() {
			if r := recover(); r != "not our fault" {
				t.Errorf("recovered %v", r)
			}
		}()
		_, _ = d.index.Matching(context.Background(), d.project, parse(t, "tuki teema:x"), broken{})
	}()
	d.expect("tuki", "tuki")
	if _, after := d.filesBelow(); after != before {
		t.Error("the index was built anew")
	}
}

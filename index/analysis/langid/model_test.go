package langid

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
	"testing"
)

// sealed puts the right checksum at the end of a model file.
func sealed(data []byte) []byte {
	if len(data) < 4 {
		return data
	}
	body := data[: len(data)-4 : len(data)-4]
	return binary.LittleEndian.AppendUint32(body, crc32.ChecksumIEEE(body))
}

func TestModelRoundTrip(t *testing.T) {
	features := []Feature{
		{Hash: 900, Weights: [3]int8{127, -127, 0}},
		{Hash: 0, Weights: [3]int8{-5, 6, 7}},
		{Hash: 1<<hashBits - 1, Weights: [3]int8{-100, -100, -100}},
	}
	m, err := ReadModel(EncodeModel(0.25, features))
	if err != nil {
		t.Fatal(err)
	}
	if m.scale != 0.25 {
		t.Errorf("scale %v", m.scale)
	}
	want := map[uint32]tally{900: {127, -127, 0, 0}, 0: {-5, 6, 7, -8}, 1<<hashBits - 1: {-100, -100, -100, 127}}
	for hash, w := range want {
		var got tally
		at, found := m.find(hash)
		if got.add(m.weights[at]); !found || got != w {
			t.Errorf("feature %d: %v, want %v", hash, got, w)
		}
	}
	if _, found := m.find(901); found {
		t.Error("knows a feature that was not written")
	}
}

func TestModelUnreadable(t *testing.T) {
	good := EncodeModel(0.1, []Feature{{Hash: 5}, {Hash: 9}, {Hash: 300}})
	if _, err := ReadModel(good); err != nil {
		t.Fatal(err)
	}
	alter := func(at int, b byte) []byte {
		data := append([]byte(nil), good...)
		data[at] = b
		return data
	}
	countAt := len(modelMagic) + 4
	scaled := func(scale float32) []byte { return EncodeModel(scale, nil) }
	for name, data := range map[string][]byte{
		"nothing":          nil,
		"magic only":       []byte(modelMagic),
		"another version":  sealed(alter(len(modelMagic)-1, 9)),
		"altered":          alter(len(good)-8, 1),
		"cut":              good[:len(good)-3],
		"cut and sealed":   sealed(good[:len(good)-3]),
		"more than it has": sealed(alter(countAt, 4)),
		"less than it has": sealed(alter(countAt, 2)),
		"feature twice":    EncodeModel(0.1, []Feature{{Hash: 5}, {Hash: 5}}),
		"hash too large":   EncodeModel(0.1, []Feature{{Hash: 1 << hashBits}}),
		"scale zero":       scaled(0),
		"scale not finite": scaled(float32(math.Inf(1))),
		"scale no number":  scaled(float32(math.NaN())),
	} {
		if _, err := ReadModel(data); !errors.Is(err, ErrModel) {
			t.Errorf("%s: error %v, want ErrModel", name, err)
		}
	}
}

func TestModelSize(t *testing.T) {
	if len(modelFile) >= 400_000 {
		t.Errorf("model.bin has %d bytes, limit 400,000", len(modelFile))
	}
	m := builtIn()
	used := 0
	for _, key := range m.keys {
		if key != 0 {
			used++
		}
	}
	if used < 10_000 || used*4 > len(m.keys)*3 {
		t.Errorf("%d features in %d slots", used, len(m.keys))
	}
}

// A model without features knows nothing and says so.
func TestEmptyModel(t *testing.T) {
	m, err := ReadModel(EncodeModel(0.1, nil))
	if err != nil {
		t.Fatal(err)
	}
	if g := m.Detect("Kiitos hyvästä yhteistyöstä"); g.Lang != "" {
		t.Errorf("%+v", g)
	}
}

// Features and weigh must see the same features.
func TestFeaturesAgreeWithWeigh(t *testing.T) {
	m := builtIn()
	for _, w := range []string{"yö", "don't", "arbetet", "a", "maahanmuuttajapalveluidenkaan", string(make([]rune, 99))} {
		var want tally
		wholes := 0
		Features([]rune(w), func(hash uint32, whole bool) {
			if at, found := m.find(hash); found {
				want.add(m.weights[at])
			}
			if whole {
				wholes++
			}
		})
		if got, _ := m.weigh([]rune(w)); got != want && len([]rune(w)) <= maxWord {
			t.Errorf("%q: %v, want %v", w, got, want)
		}
		if wholes != 1 {
			t.Errorf("%q: %d whole words", w, wholes)
		}
	}
}

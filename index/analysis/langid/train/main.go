// Command train makes the model of package langid from the survey answers in
// shared/data/answers and the word lists in the folder words. From the root of
// the module:
//
//	go run ./index/analysis/langid/train -data ../shared/data -out index/analysis/langid/model.bin
//
// The same input gives the same file, byte for byte, on the same kind of
// processor. It takes about three seconds. When langid.Features or the folding
// of words changes, the model must be made anew; a test tells.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
)

// options are the settings of one training run.
type options struct {
	damping float64          // power of a word's count that is its weight
	listed  float64          // weight of a listed word: that of a count of listed^(1/damping)
	share   [classes]float64 // weight of each class in all
	minimum int              // examples that an n-gram must occur in
	common  float64          // count from which a word may be a feature as a whole
	epochs  int
	penalty float64 // quadratic penalty on weights
	rate    float64 // step of AdaGrad
	start   float64 // where AdaGrad's sums of squares begin
}

// standard settings. The results hardly change when any of them is halved or
// doubled (docs/language-model.md).
var standard = options{
	damping: 0.4,
	listed:  3,
	share:   [classes]float64{1, 1, 1, 0.08},
	minimum: 2,
	common:  5,
	epochs:  10,
	penalty: 1e-3,
	rate:    0.1,
	start:   30,
}

func main() {
	log.SetFlags(0)
	data := flag.String("data", "../shared/data", "folder that holds answers/*.tsv")
	out := flag.String("out", "index/analysis/langid/model.bin", "model file to write")
	flag.Parse()

	model, features, err := train(*data, standard)
	if err != nil {
		log.Fatal("train: ", err)
	}
	if err := os.WriteFile(*out, model, 0o644); err != nil {
		log.Fatal("train: ", err)
	}
	fmt.Printf("%s: %d features, %d bytes\n", *out, features, len(model))
}

// train gives the model file and the number of its features.
func train(data string, o options) ([]byte, int, error) {
	c, err := readCorpus(data)
	if err != nil {
		return nil, 0, err
	}
	examples := c.examples(o)
	t := newTable(examples, o.minimum)
	items := t.items(examples)
	w := learn(items, len(t.hashes), o)
	return encode(w, t.hashes), len(t.hashes), nil
}

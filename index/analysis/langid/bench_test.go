package langid

import (
	"strings"
	"testing"
)

// benchmarkTexts runs Detect over texts and reports bytes a second.
func benchmarkTexts(b *testing.B, texts ...string) {
	Detect("") // load the model
	size := 0
	for _, t := range texts {
		size += len(t)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, t := range texts {
			Detect(t)
		}
	}
}

func BenchmarkWord(b *testing.B) { benchmarkTexts(b, "maahanmuuttajapalveluiden") }

func BenchmarkShortAnswer(b *testing.B) {
	benchmarkTexts(b, "Yhteistyö kunnan kanssa on sujunut hyvin, mutta tiloja ei ole tarpeeksi.")
}

func BenchmarkLongText(b *testing.B) {
	benchmarkTexts(b, strings.Repeat("Samarbetet har fungerat utmärkt, men bidragen räcker inte till. ", 1000))
}

func BenchmarkOtherScript(b *testing.B) {
	benchmarkTexts(b, strings.Repeat("Нам нужно больше информации на русском языке. ", 20))
}

// BenchmarkAnswers takes every tenth of the real Finnish answers.
func BenchmarkAnswers(b *testing.B) {
	var texts []string
	for i, row := range readShared(b, "answers/course_feedback_fi.tsv") {
		if i%10 == 0 {
			texts = append(texts, row[4])
		}
	}
	benchmarkTexts(b, texts...)
}

func BenchmarkReadModel(b *testing.B) {
	b.SetBytes(int64(len(modelFile)))
	for b.Loop() {
		if _, err := ReadModel(modelFile); err != nil {
			b.Fatal(err)
		}
	}
}

func TestDetectDoesNotAllocate(t *testing.T) {
	const text = "Matti sanoi: Åbo är en fin stad, och vi don’t know; Нам нужно 12 kpl anna@example.org"
	Detect(text)
	if n := testing.AllocsPerRun(100, func() { Detect(text) }); n > 0 {
		t.Errorf("%.0f allocations for one text", n)
	}
}

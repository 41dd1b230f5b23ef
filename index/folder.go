package index

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"avokoodi/coding"
)

// An index lives in a numbered folder, its generation, below the folder of its project. A generation counts once it has
// a marker, which is written last: that is how a new one takes the place of the old in one step.

// marker is what the marker file says of a finished generation.
type marker struct {
	Version string           `json:"version"`
	Project coding.ProjectID `json:"project"`
	Created int64            `json:"created"` // of the project, in ms, so that another one by the same id is noticed
	Learnt  int              `json:"learnt"`  // number of answers that the project had when its words were learnt
}

const markerFile = "avokoodi.json"

func generationDir(root string, n int) string { return filepath.Join(root, fmt.Sprintf("%06d", n)) }

// generations lists the numbers of the folders below root, in order.
func generations(root string) ([]int, error) {
	entries, err := os.ReadDir(root)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []int
	for _, e := range entries {
		if n, err := strconv.Atoi(e.Name()); err == nil && e.IsDir() {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out, nil
}

// current is the newest generation that has a marker; 0 when there is none.
func current(root string) (int, marker, error) {
	all, err := generations(root)
	if err != nil {
		return 0, marker{}, err
	}
	for _, n := range slices.Backward(all) {
		data, err := os.ReadFile(filepath.Join(generationDir(root, n), markerFile))
		if err != nil {
			continue
		}
		var m marker
		if json.Unmarshal(data, &m) == nil {
			return n, m, nil
		}
	}
	return 0, marker{}, nil
}

// sweep removes all generations but one. What can't be removed now is tried again the next time.
func sweep(root string, keep int) {
	all, _ := generations(root)
	for _, n := range all {
		if n != keep {
			_ = os.RemoveAll(generationDir(root, n))
		}
	}
}

// writeMarker makes the generation in dir count.
func writeMarker(dir string, m marker) error {
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, markerFile+".*")
	if err != nil {
		return err
	}
	_, err = f.Write(append(data, '\n'))
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(dir, markerFile))
	}
	if err == nil {
		err = syncDir(dir)
	}
	return err
}

// syncDir makes renames in dir last. Some systems can't sync a folder; there the rename is as lasting as it gets.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	_ = d.Sync()
	return d.Close()
}

package ui

import (
	"cmp"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"avokoodi/coding"
	"avokoodi/coding/importer"
)

// Limits of files on their way in.
const (
	uploadLife    = 24 * time.Hour
	uploadsEach   = 8                // unfinished imports of one person; the oldest makes room
	sheetsOpen    = 4                // parsed files kept in memory
	sheetIdle     = 10 * time.Minute // how long a parsed file is kept after its last use
	jobRemembered = time.Hour        // how long the end of an import can be asked for
)

// uploads keeps the files that people are importing, between the steps of the wizard: each as ID.data with its state as
// ID.json, readable by the server alone, for a day.
type uploads struct {
	dir    string
	mu     sync.Mutex
	sheets map[string]*openSheet
	jobs   map[string]*job
}

func newUploads(dir string) *uploads {
	us := &uploads{dir: dir, sheets: map[string]*openSheet{}, jobs: map[string]*job{}}
	if dir != "" {
		us.sweep(time.Now(), 0) // what a server before this one left
		us.sweepLater()
	}
	return us
}

// sweepLater removes what is here now when its day is over, also when nobody sends a file any more.
func (us *uploads) sweepLater() {
	time.AfterFunc(uploadLife+time.Minute, func() { us.sweep(time.Now(), 0) })
}

// upload is one file and how far its import has come. Only the person who sent it sees it, and only in its project.
type upload struct {
	ID      string           `json:"id"`
	Person  coding.PersonID  `json:"person"`
	Project coding.ProjectID `json:"project"`
	File    string           `json:"file"` // base name, as the person knows it
	Size    int64            `json:"size"`
	At      time.Time        `json:"at"`

	Encoding  string `json:"encoding,omitempty"` // chosen by the person; "" means detected, as for the next two
	Delimiter string `json:"delimiter,omitempty"`
	Sheet     string `json:"sheet,omitempty"`
	Profile   string `json:"profile,omitempty"`
	Header    int    `json:"header,omitempty"` // row of the headers; 0 means detected
	// What describes the columns, kept as ID.dict: its name, and how many have been given.
	Dictionary   string `json:"dictionary,omitempty"`
	Dictionaries int    `json:"dictionaries,omitempty"`

	// Several files of one questionnaire: the first has the ids and names of the others, each of those the id of the first.
	Others []member `json:"others,omitempty"`
	Of     string   `json:"of,omitempty"`
	Hands  hands    `json:"hands,omitzero"`

	Mapping  string `json:"mapping,omitempty"`  // as a mapping file; "" while the proposal stands
	Own      bool   `json:"own,omitempty"`      // the person gave the mapping file
	Columns  bool   `json:"columns,omitempty"`  // the person has been through the columns
	Versions bool   `json:"versions,omitempty"` // and through the versions
	Language bool   `json:"language,omitempty"`
}

// member is a file beside the first of an upload.
type member struct {
	ID   string `json:"id"`
	File string `json:"file"`
	Size int64  `json:"size"`
}

// hands is what a person decided about language versions, by file from the first.
type hands struct {
	Columns   []map[int]int                  `json:"columns,omitempty"` // as importer.ByHands
	Values    []map[string]map[string]string `json:"values,omitempty"`
	Languages []coding.Lang                  `json:"languages,omitempty"`
	Together  []bool                         `json:"together,omitempty"`
	OwnTongue bool                           `json:"own_tongue,omitempty"` // every answer is in its file's language
	Met       importer.MeetHands             `json:"met,omitempty"`        // categories of the project
	Same      bool                           `json:"same,omitempty"`       // who has an id of the round is the same person, whatever the language
}

// reading is the part of an upload that the parsed file depends on.
func (u upload) reading() string {
	return strings.Join([]string{u.Encoding, u.Delimiter, u.Sheet, u.Profile, strconv.Itoa(u.Header), u.Dictionary, strconv.Itoa(u.Dictionaries)}, "\x00")
}

var uploadID = regexp.MustCompile(`^[A-Z2-7]{26}$`)

func (us *uploads) path(id, kind string) string { return filepath.Join(us.dir, id+"."+kind) }

// put takes a file in; of is the first of several, "" for one alone or the first. A disk without room is a Problem.
func (us *uploads) put(person coding.PersonID, project coding.ProjectID, name, of string, body io.Reader) (upload, error) {
	if us.dir == "" {
		return upload{}, errors.New("uploads: no folder was given")
	}
	if err := os.MkdirAll(us.dir, 0o700); err != nil {
		return upload{}, fmt.Errorf("uploads: %w", err)
	}
	if of == "" {
		us.sweep(time.Now(), person)
	}
	u := upload{ID: rand.Text(), Of: of, Person: person, Project: project, File: importer.BaseName(name), At: time.Now().UTC()}
	f, err := os.OpenFile(us.path(u.ID, "data"), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return upload{}, fmt.Errorf("uploads: %w", err)
	}
	u.Size, err = io.Copy(f, body)
	err = errors.Join(err, f.Close())
	if err == nil {
		err = us.save(u)
	}
	if err != nil {
		us.remove(u.ID)
		return upload{}, diskError(err)
	}
	us.sweepLater()
	return u, nil
}

// putDictionary keeps a file that describes the columns of an upload, instead of the one before.
func (us *uploads) putDictionary(id string, body io.Reader) error {
	f, err := os.OpenFile(us.path(id, "dict"), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("uploads: %w", err)
	}
	_, err = io.Copy(f, body)
	if err = errors.Join(err, f.Close()); err != nil {
		return diskError(err)
	}
	return nil
}

func diskError(err error) error {
	if coding.IsFull(err) {
		return coding.Problem{Field: "file", Key: "wizard.disk_full"}
	}
	return fmt.Errorf("uploads: %w", err)
}

// save keeps the state; a reader sees the old one or the new one, never a half.
func (us *uploads) save(u upload) error {
	raw, err := json.Marshal(u)
	if err != nil {
		return err
	}
	part := us.path(u.ID, "part")
	if err := os.WriteFile(part, raw, 0o600); err != nil {
		return diskError(err)
	}
	return os.Rename(part, us.path(u.ID, "json"))
}

// get finds an upload; one of somebody else, of another project or gone is ErrNotFound.
func (us *uploads) get(id string, person coding.PersonID, project coding.ProjectID) (upload, error) {
	u, err := us.load(id)
	if err != nil {
		return upload{}, err
	}
	if u.Person != person || u.Project != project || u.Of != "" || time.Since(u.At) > uploadLife {
		return upload{}, fmt.Errorf("upload: %w", coding.ErrNotFound)
	}
	return u, nil
}

func (us *uploads) load(id string) (upload, error) {
	var u upload
	if us.dir == "" || !uploadID.MatchString(id) {
		return u, fmt.Errorf("upload: %w", coding.ErrNotFound)
	}
	raw, err := os.ReadFile(us.path(id, "json"))
	if errors.Is(err, fs.ErrNotExist) {
		return u, fmt.Errorf("upload: %w", coding.ErrNotFound)
	}
	if err == nil {
		err = json.Unmarshal(raw, &u)
	}
	if err != nil {
		return u, fmt.Errorf("uploads: %w", err)
	}
	return u, nil
}

// all lists every upload, newest first.
func (us *uploads) all() []upload {
	if us.dir == "" {
		return nil
	}
	names, _ := filepath.Glob(filepath.Join(us.dir, "*.json"))
	var out []upload
	for _, name := range names {
		if u, err := us.load(strings.TrimSuffix(filepath.Base(name), ".json")); err == nil {
			out = append(out, u)
		}
	}
	slices.SortFunc(out, func(a, b upload) int { return cmp.Compare(b.At.UnixNano(), a.At.UnixNano()) })
	return out
}

// of lists the person's unfinished imports into a project, newest first.
func (us *uploads) of(person coding.PersonID, project coding.ProjectID) []upload {
	return slices.DeleteFunc(us.all(), func(u upload) bool {
		return u.Person != person || u.Project != project || u.Of != "" || time.Since(u.At) > uploadLife
	})
}

// drop forgets an upload with its file. An import of it that is under way is stopped.
func (us *uploads) drop(id string) {
	us.mu.Lock()
	if j := us.jobs[id]; j != nil {
		j.cancel()
	}
	us.mu.Unlock()
	us.remove(id)
}

func (us *uploads) dropProject(p coding.ProjectID) {
	for _, u := range us.all() {
		if u.Project == p {
			us.drop(u.ID)
		}
	}
}

// remove lets go of an upload and the files that came with it.
func (us *uploads) remove(id string) {
	if u, err := us.load(id); err == nil {
		for _, m := range u.Others {
			us.remove(m.ID)
		}
	}
	us.closeSheet(id)
	for _, kind := range []string{"data", "dict", "json", "part"} {
		os.Remove(us.path(id, kind)) // what is not there need not go
	}
}

// sweep forgets what is too old, and the oldest of one person's where there are too many.
func (us *uploads) sweep(now time.Time, person coding.PersonID) {
	theirs := 0
	for _, u := range us.all() {
		if u.Of != "" {
			if _, err := us.load(u.Of); err == nil {
				continue // it goes with the first
			}
		} else if u.Person == person {
			theirs++
		}
		if us.running(u.ID) {
			continue
		}
		if now.Sub(u.At) > uploadLife || u.Person == person && theirs >= uploadsEach {
			us.drop(u.ID)
		}
	}
	// Files whose state was never written, left by a crash, and the temporary files of the readers.
	stray, _ := filepath.Glob(filepath.Join(us.dir, "*"))
	for _, name := range stray {
		if info, err := os.Stat(name); err == nil && now.Sub(info.ModTime()) > 2*uploadLife {
			os.Remove(name)
		}
	}
}

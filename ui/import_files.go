package ui

import (
	"cmp"
	"io"
	"os"
	"slices"
	"strings"

	"avokoodi/coding/importer"
	"avokoodi/coding/importer/profile"
	"avokoodi/themes"
)

// names is what the upload's files are called.
func (u upload) names() string {
	out := []string{u.File}
	for _, m := range u.Others {
		out = append(out, m.File)
	}
	return strings.Join(out, " · ")
}

// total is the size of the upload's files together in bytes.
func (u upload) total() int64 {
	n := u.Size
	for _, m := range u.Others {
		n += m.Size
	}
	return n
}

// gather makes one upload of files that came together: the one with most rows is the first, whose columns the others are aligned
// with, and one that describes columns goes with the others. A file that can't be read refuses all of them.
func (s *Server) gather(r *request, list []upload) (u upload, err error) {
	defer func() {
		if err != nil {
			for _, one := range list {
				s.uploads.drop(one.ID)
			}
		}
	}()
	if list, err = s.takeDictionary(r, list); err != nil {
		return upload{}, err
	}
	first, most := 0, -1
	tongues := map[string]int{} // places of languages, by id: fi, sv, en
	for i, one := range list {
		file, release, err := s.parse(r.ctx(), one)
		if err == nil {
			tongues[one.ID] = slices.Index(themes.Langs[:], file.detected)
		}
		switch {
		case err == nil && file.sheet.Len > most:
			first, most = i, file.sheet.Len
			release()
		case err == nil:
			release()
		case len(list) > 1 || !mendable(err):
			return upload{}, named(err, one.File, len(list) > 1)
		}
	}
	u = list[first]
	u.Of = ""
	slices.SortStableFunc(list, func(a, b upload) int { return cmp.Compare(tongues[a.ID], tongues[b.ID]) })
	first = slices.IndexFunc(list, func(one upload) bool { return one.ID == u.ID })
	for i, one := range list {
		if i == first {
			continue
		}
		u.Others = append(u.Others, member{one.ID, one.File, one.Size})
		one.Of = u.ID
		if err := s.uploads.save(one); err != nil {
			return upload{}, err
		}
	}
	return u, s.uploads.save(u)
}

// named says which of several files is wrong.
func named(err error, file string, several bool) error {
	if list := problemsOf(err); several && len(list) > 0 {
		return append(importer.Problems(list), importer.Problem{Key: "wizard.one_of", Args: []any{file}, Severity: importer.Error})
	}
	return err
}

// takeDictionary gives a file that describes columns to the others.
func (s *Server) takeDictionary(r *request, list []upload) ([]upload, error) {
	if len(list) < 2 {
		return list, nil
	}
	for at, one := range list {
		found, err := s.isDictionary(r, one)
		if err != nil {
			return list, err
		}
		if !found {
			continue
		}
		rest := append(append([]upload(nil), list[:at]...), list[at+1:]...)
		for i := range rest {
			if err := s.copyDictionary(one, rest[i].ID); err != nil {
				return list, err
			}
			rest[i].Dictionary, rest[i].Dictionaries, rest[i].Of = one.File, 1, ""
			if i > 0 {
				rest[i].Of = rest[0].ID
			}
			if err := s.uploads.save(rest[i]); err != nil {
				return list, err
			}
		}
		s.uploads.remove(one.ID)
		return rest, nil
	}
	return list, nil
}

func (s *Server) isDictionary(r *request, u upload) (bool, error) {
	_, ok, err := profile.ReadDictionary(r.ctx(), s.Reader, s.uploads.path(u.ID, "data"), u.File, importer.Options{MaxBytes: s.UploadMax, TempDir: s.uploads.dir})
	if len(problemsOf(err)) > 0 {
		return false, nil // said where the file itself is read
	}
	return ok, err
}

func (s *Server) copyDictionary(from upload, to string) error {
	in, err := os.Open(s.uploads.path(from.ID, "data"))
	if err != nil {
		return err
	}
	defer in.Close()
	return s.uploads.putDictionary(to, io.LimitReader(in, s.UploadMax))
}

package themes

// Entry is one theme of a codebook file. Parent is the key of another entry or of a theme that the project has, "" for a top
// theme; Theme.Parent and Theme.ID are not set.
type Entry struct {
	Row    int // in the file; 0 where the format has no rows
	Parent string
	Theme  Theme
}

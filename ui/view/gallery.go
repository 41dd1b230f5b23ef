package view

// GalleryPage is each component in every state.
type GalleryPage struct {
	Page
	Cards     []Card
	Suggested []Suggested
	Facets    []Facet
	Pane      ThemePane
	Progress  ProgressTable
	Reworded  Reworded
	Problems  []ProblemRow
	Names     []NameField
	Fields    map[string]string
}

package sets

import (
	"context"

	"avokoodi/coding"
)

// Sharing is how many respondents are in all the classes and answered in the language ("" for any), and how many people at most
// are in the population: no more than in its smallest class. The population is -1 where none of the classes counts people.
func (b *Board) Sharing(classes []coding.CategoryID, l coding.Lang) (sample, population int) {
	set := b.respondents.Clone()
	population = -1
	for _, id := range classes {
		set.And(b.members.get(id))
		for _, v := range b.variables {
			for _, c := range v.Categories {
				if c.ID == id && c.Population > 0 && v.Counted == 0 && (population < 0 || c.Population < population) {
					population = c.Population
				}
			}
		}
	}
	if l != "" {
		set.And(b.RespondentsOf(b.languages.get(l)))
	}
	return int(set.GetCardinality()), population
}

// Sharing is Board.Sharing of a project as it is now.
func (bs *Boards) Sharing(ctx context.Context, p coding.ProjectID, classes []coding.CategoryID, l coding.Lang) (sample, population int, err error) {
	err = bs.Read(ctx, p, func(b *Board) error {
		sample, population = b.Sharing(classes, l)
		return nil
	})
	return sample, population, err
}

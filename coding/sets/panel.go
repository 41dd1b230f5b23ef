package sets

import (
	"context"
	"fmt"

	"avokoodi/coding"
)

// Panel is who of a later round has the id of whom of an earlier one, by the ids of the survey files: earlier → later. Rounds are
// named by key; "" is the first, or the last.
func (b *Boards) Panel(ctx context.Context, p coding.ProjectID, rounds [2]string) (map[coding.RespondentID]coding.RespondentID, error) {
	out := map[coding.RespondentID]coding.RespondentID{}
	err := b.store.View(ctx, func(r coding.Reader) error {
		list, err := r.Rounds(ctx, p)
		if err != nil || len(list) == 0 {
			return err
		}
		from, to := list[0].ID, list[len(list)-1].ID
		for _, one := range list {
			if one.Key == rounds[0] {
				from = one.ID
			}
			if one.Key == rounds[1] {
				to = one.ID
			}
		}
		earlier := map[string]coding.RespondentID{}
		later := map[string]coding.RespondentID{}
		for one, err := range r.EachRespondent(ctx, p, 0) {
			if err != nil {
				return err
			}
			switch one.Round {
			case from:
				earlier[one.External] = one.ID
			case to:
				later[one.External] = one.ID
			}
		}
		for id, was := range earlier {
			if is, ok := later[id]; ok && id != "" {
				out[was] = is
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("panel of project %d: %w", p, err)
	}
	return out, nil
}

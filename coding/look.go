package coding

import "context"

// Look notes that a lead is shown numbers below the project's threshold, and which: detail is the query of the table. The note is
// in the history before anything is shown, and can't be taken back.
func (s *Service) Look(ctx context.Context, p ProjectID, actor PersonID, detail string) (StepID, error) {
	return s.step(ctx, p, actor, RoleLead, OpLook, detail, func(tx Tx, st *Step) error {
		project, err := tx.ProjectByID(ctx, p)
		if err != nil {
			return err
		}
		_, err = tx.Put(ctx, st, project, project) // nothing but the step is news
		return err
	})
}

package coding

import (
	"context"
	"errors"
	"slices"
	"strings"
)

// emptyTalk is what short answers say that hold nothing to code, folded, by language. They are only proposed: where the
// question is whether something is missing, 'no' is an answer.
var emptyTalk = map[Lang][]string{
	"fi": {"-", "?", "eos", "en tiedä", "ei", "ei ole", "ei mitään", "ei lisättävää", "ei kommentoitavaa", "ei koske minua", "en halua vastata",
		"sama", "sama kuin edellä", "ks edellinen vastaus", "kts edellinen", "katso edellinen vastaus", "ks edellä", "x", "xxx", "ei vastausta", "ei käytössä"},
	"sv": {"-", "?", "vet ej", "inget", "nej", "inga kommentarer", "inget att tillägga", "se ovan", "se föregående svar", "samma som ovan", "samma",
		"ej relevant", "inte relevant", "vill inte svara", "x", "xxx", "inget svar"},
	"en": {"-", "?", "n/a", "dont know", "none", "no", "nothing", "nothing to add", "no comment", "see above", "same as above", "same", "as above",
		"not relevant", "prefer not to say", "x", "xxx", "no answer", "nil"},
}

var emptyKeys = func() map[SameKey]bool {
	out := map[SameKey]bool{}
	for _, list := range emptyTalk {
		for _, text := range list {
			out[SameKeyOf(text)] = true
		}
	}
	return out
}()

// EmptyTalk tells whether answers of the key are known, in some language, to say nothing that could be coded.
func EmptyTalk(key SameKey) bool { return emptyKeys[key] }

// MarkEmptyTalk marks as unusable, in the actor's name and as one step of a rule, those of the answers that say one of the
// folded texts of talk and that nobody has coded or marked. The project remembers what a lead marked. It returns how many it marked; a
// step of 0 means that there was nothing to do.
func (s *Service) MarkEmptyTalk(ctx context.Context, p ProjectID, actor PersonID, ids []AnswerID, talk []string) (step StepID, marked int, err error) {
	if len(talk) == 0 {
		return 0, 0, problem("talk", "empty.nothing")
	}
	step, err = s.step(ctx, p, actor, RoleAnalyst, OpRule, string(StateUnusable)+": "+strings.Join(talk, " · "), func(tx Tx, st *Step) error {
		answers, err := mustAnswers(ctx, tx, p, ids)
		if err != nil {
			return err
		}
		for _, chunk := range chunks(answers) {
			n, err := markTalk(ctx, tx, st, p, chunk, actor, talk)
			if err != nil {
				return err
			}
			marked += n
		}
		if err := need(ctx, tx, p, actor, RoleLead); errors.Is(err, ErrForbidden) {
			return nil
		} else if err != nil {
			return err
		}
		return rememberTalk(ctx, tx, st, p, talk)
	})
	return step, marked, err
}

func markTalk(ctx context.Context, tx Tx, st *Step, p ProjectID, answers []Answer, actor PersonID, talk []string) (n int, err error) {
	ids := answerIDs(answers)
	codings, err := tx.CodingsOf(ctx, p, ids)
	if err != nil {
		return 0, err
	}
	marks, err := tx.MarksOf(ctx, p, ids)
	if err != nil {
		return 0, err
	}
	judged := map[AnswerID]bool{}
	for _, c := range codings {
		judged[c.Answer] = true
	}
	for _, m := range marks {
		judged[m.Answer] = true
	}
	for _, a := range answers {
		if judged[a.ID] || !slices.Contains(talk, Folded(a.Text)) {
			continue
		}
		if _, err := tx.Put(ctx, st, nil, Mark{Answer: a.ID, Coder: actor, State: StateUnusable, At: st.At}); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

func rememberTalk(ctx context.Context, tx Tx, st *Step, p ProjectID, talk []string) error {
	old, err := tx.ProjectByID(ctx, p)
	if err != nil {
		return err
	}
	after := old
	after.EmptyTalk = slices.Clone(old.EmptyTalk)
	for _, text := range talk {
		if !slices.Contains(after.EmptyTalk, text) {
			after.EmptyTalk = append(after.EmptyTalk, text)
		}
	}
	if len(after.EmptyTalk) == len(old.EmptyTalk) {
		return nil
	}
	_, err = tx.Put(ctx, st, old, after)
	return err
}
